// Where the words that are looked for stand.
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTitle } from '@/lib/use-title';
import css from './contracts.module.css';
import { type Document, loadAll } from './document';
import { NotLoaded } from './document-view';
import { find, type Hit } from './find';

export function Results({ query }: { query: string }) {
  useTitle(`Search for ${query.trim()}`);
  const [documents, setDocuments] = useState<Document[] | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    loadAll().then(setDocuments, () => setFailed(true));
  };
  useEffect(load, []);
  if (failed) return <NotLoaded onRetry={load} />;
  if (documents === null) return null;
  const hits = find(documents, query);
  return (
    <div className={css.document}>
      <h1 className={css.title}>Search</h1>
      <p className={css.lead} role="status">
        {hits.length === 0
          ? `Nothing has the words “${query.trim()}”. Fewer or shorter words find more.`
          : `${hits.length} ${hits.length === 1 ? 'section has' : 'sections have'} “${query.trim()}”.`}
      </p>
      <ul>
        {hits.map((hit) => (
          <HitLine key={`${hit.document}#${hit.id}`} hit={hit} />
        ))}
      </ul>
    </div>
  );
}

function HitLine({ hit: { document, documentTitle, id, title, excerpt } }: { hit: Hit }) {
  return (
    <li className={css.found}>
      <Link
        className={css.hit}
        to="/contracts/{-$name}"
        params={{ name: document }}
        {...(id === '' ? {} : { hash: id })}
      >
        {documentTitle}
        {title !== '' && ` · ${title}`}
      </Link>
      <p className={css.soft}>
        {/* Split at the words, so every second part is one. */}
        {excerpt.map((part, n) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name
          n % 2 === 1 ? <mark key={n}>{part}</mark> : part,
        )}
      </p>
    </li>
  );
}
