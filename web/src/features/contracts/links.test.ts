import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAll } from './document';

const SOURCES = resolve(import.meta.dirname, '../..');

describe('links to contracts', () => {
  it('lead to a document and a section that are there', async () => {
    const documents = await loadAll();
    const places = new Set(
      documents.flatMap(({ name, sections }) =>
        sections.map(({ id }) => `/contracts/${name}${id === '' ? '' : `#${id}`}`),
      ),
    );
    const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!test)\.tsx?$/.test(name))
      .map((name) => readFileSync(join(SOURCES, name), 'utf8'));
    const written = documents.map((each) => JSON.stringify(each));
    const links = [...sources, ...written].flatMap((text) =>
      [...text.matchAll(/["'](\/contracts\/[\w-]+(#[\w-]+)?)["']/g)].map(([, link]) => link),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !places.has(link ?? ''))).toEqual([]);
  });
});
