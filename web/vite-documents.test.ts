import { describe, expect, it } from 'vitest';
import { documentOf } from './vite-documents.ts';

describe('a document', () => {
  it('is cut at its headings, which get the anchors that GitHub gives them', () => {
    const { title, sections } = documentOf(
      'x',
      '# Title\n\nIntro.\n\n## What `is` (*ours*)\n\nText.\n\n## What is ours\n',
    );
    expect(title).toBe('Title');
    expect(sections.map(({ id }) => id)).toEqual(['', 'what-is-ours', 'what-is-ours-1']);
    expect(sections[1]).toMatchObject({ title: 'What is (ours)', text: 'Text.' });
  });

  it('takes HTML as text', () => {
    const { sections } = documentOf('x', '# T\n\n<img src=x onerror=y>\n\na <b>c</b>');
    expect(sections[0]?.text).toBe('<img src=x onerror=y> a <b>c</b>');
    expect(JSON.stringify(sections[0]?.content)).not.toContain('"tag":"img"');
  });

  it('names the rows of a table that has no head', () => {
    const { sections } = documentOf('x', '# T\n\n| | |\n|---|---|\n| a | `b` |\n');
    const cells = [
      { tag: 'rowHead', content: ['a'] },
      { tag: 'td', content: [{ tag: 'code', content: ['b'] }] },
    ];
    const rows = [{ tag: 'tr', content: cells }];
    expect(sections[0]?.content).toEqual([
      { tag: 'table', content: [{ tag: 'tbody', content: rows }] },
    ]);
  });

  it('leads to other documents as the server has them', () => {
    const { sections } = documentOf('x', '# T\n\n[A](../decisions/a.md#b), `/openapi.json`');
    expect(JSON.stringify(sections)).toMatch(/"\/contracts\/a#b".*"href":"\/openapi.json"/);
  });

  it('fails for what cannot be shown', () => {
    expect(() => documentOf('x', '# T\n\n> quoted')).toThrow('blockquote');
    expect(() => documentOf('x', 'no title')).toThrow('title');
  });
});
