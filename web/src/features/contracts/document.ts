// What is written down about the contracts, as the build makes it of the project's documents.

/** Text, or an element of a kind that documents use. */
export type Content =
  | string
  | { tag: Tag; content: Content[] }
  | { tag: 'a'; href: string; content: Content[] };

type Tag =
  | 'code'
  | 'colHead'
  | 'em'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 'rowHead'
  | 'strong'
  | 'table'
  | 'tbody'
  | 'td'
  | 'thead'
  | 'tr'
  | 'ul';

/** A part of a document below one heading; the first one, before any heading, has neither id nor title. */
export interface Section {
  /** Its place in the address, behind `#`. */
  id: string;
  title: string;
  content: Content[];
  /** Without any markup, for searching. */
  text: string;
}

export interface DocumentEntry {
  /** Its place in the address. */
  name: string;
  title: string;
}

export interface Document extends DocumentEntry {
  sections: Section[];
}

export interface Shelf {
  title: string;
  entries: readonly DocumentEntry[];
}

const byPath = (entries: Record<string, DocumentEntry>): DocumentEntry[] => Object.values(entries);

/** All documents, as the list shows them. */
export const SHELVES: readonly Shelf[] = [
  {
    title: 'Contracts',
    entries: byPath(
      import.meta.glob<DocumentEntry>('../../../../docs/contracts/*.md', {
        query: '?entry',
        import: 'default',
        eager: true,
      }),
    ).sort((a, b) => a.title.localeCompare(b.title, 'en')),
  },
  {
    title: 'Decisions',
    entries: byPath(
      import.meta.glob<DocumentEntry>('../../../../docs/decisions/*.md', {
        query: '?entry',
        import: 'default',
        eager: true,
      }),
    ),
  },
];

/** Each loaded when it is asked for. */
const LOADERS = import.meta.glob<Document>('../../../../docs/{contracts,decisions}/*.md', {
  import: 'default',
});

/** Undefined when there is no document of this name. */
export function loaderOf(name: string): (() => Promise<Document>) | undefined {
  return Object.entries(LOADERS).find(([path]) => path.endsWith(`/${name}.md`))?.[1];
}

export function loadAll(): Promise<Document[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}
