// The project's documents as modules: Markdown is read when the pages are built, so that no browser has to.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { lexer, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import type {
  Content,
  Document,
  DocumentEntry,
  Section,
} from './src/features/contracts/document.ts';

/** `X.md` is a whole document, `X.md?entry` only its name and title. */
export function documents(): Plugin {
  return {
    name: 'documents',
    enforce: 'pre',
    async load(id) {
      const [path = '', query] = id.split('?');
      if (!path.endsWith('.md')) return null;
      this.addWatchFile(path);
      const document = documentOf(basename(path, '.md'), await readFile(path, 'utf8'));
      const entry: DocumentEntry = { name: document.name, title: document.title };
      return `export default ${JSON.stringify(query === 'entry' ? entry : document)}`;
    },
  };
}

/** The document with this name, made of its Markdown. HTML in the Markdown is text. */
export function documentOf(name: string, markdown: string): Document {
  const [heading, ...tokens] = lexer(markdown);
  if (heading?.type !== 'heading' || heading.depth !== 1) {
    throw new Error(`${name}.md does not begin with its title`);
  }
  const distinct = distinctIds();
  // What stands before the first heading belongs to the document itself.
  const sections: Section[] = [{ id: '', title: '', content: [], text: '' }];
  for (const token of tokens) {
    if (token.type === 'heading') {
      const title = textOf(all(token.tokens));
      sections.push({ id: distinct(slugOf(title)), title, content: [], text: '' });
    } else {
      sections.at(-1)?.content.push(...contentOf(token));
    }
  }
  for (const section of sections) {
    section.text = textOf(section.content).replaceAll(/\s+/g, ' ').trim();
  }
  return { name, title: textOf(all(heading.tokens)), sections };
}

/** As GitHub makes them, so that a link into a document works there and here. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function distinctIds(): (slug: string) => string {
  const seen = new Map<string, number>();
  return (slug) => {
    const n = seen.get(slug) ?? 0;
    seen.set(slug, n + 1);
    return n === 0 ? slug : `${slug}-${n}`;
  };
}

function all(tokens: readonly Token[] | undefined): Content[] {
  return (tokens ?? []).flatMap(contentOf);
}

/** Fails for what no document has used yet, rather than showing it wrongly. */
function contentOf(token: Token): Content[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'text':
      return 'tokens' in token ? all(token.tokens) : [token['text']];
    case 'escape':
    case 'html':
      return [token['text']];
    case 'paragraph':
      return [{ tag: 'p', content: all(token['tokens']) }];
    case 'strong':
    case 'em':
      return [{ tag: token.type, content: all(token['tokens']) }];
    case 'codespan':
      return [codeOf(token['text'])];
    case 'code':
      return [{ tag: 'pre', content: [token['text']] }];
    case 'link':
      return [{ tag: 'a', href: addressOf(token['href']), content: all(token['tokens']) }];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const content = items.map(({ tokens }): Content => ({ tag: 'li', content: all(tokens) }));
      return [{ tag: ordered ? 'ol' : 'ul', content }];
    }
    case 'table':
      return [tableOf(token as Tokens.Table)];
    default:
      throw new Error(`documents have no ${token.type}: ${token.raw}`);
  }
}

function codeOf(text: string): Content {
  const code: Content = { tag: 'code', content: [text] };
  return text === '/openapi.json' ? { tag: 'a', href: text, content: [code] } : code;
}

type Cell = 'td' | 'colHead' | 'rowHead';

/** A table without words in its head has its names in the first column. */
function tableOf({ header, rows }: Tokens.Table): Content {
  const named = header.some(({ text }) => text !== '');
  const row = (cells: Tokens.TableCell[], tag: Cell, first = tag): Content => ({
    tag: 'tr',
    content: cells.map(({ tokens }, n) => ({ tag: n === 0 ? first : tag, content: all(tokens) })),
  });
  const head: Content = { tag: 'thead', content: [row(header, 'colHead')] };
  const body: Content = {
    tag: 'tbody',
    content: rows.map((cells) => row(cells, 'td', named ? 'td' : 'rowHead')),
  };
  return { tag: 'table', content: named ? [head, body] : [body] };
}

/** Where a link between documents leads on the server. */
function addressOf(href: string): string {
  const document = /^(?:[\w./-]*\/)?([\w-]+)\.md(#.*)?$/.exec(href);
  return document === null ? href : `/contracts/${document[1]}${document[2] ?? ''}`;
}

const INLINE = new Set(['a', 'code', 'em', 'strong']);

/** The words, with a space between blocks. */
function textOf(content: readonly Content[]): string {
  return content
    .map((each) => {
      if (typeof each === 'string') return each;
      return INLINE.has(each.tag) ? textOf(each.content) : ` ${textOf(each.content)} `;
    })
    .join('');
}
