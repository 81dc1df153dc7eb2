// A contract as it is written down in the project's documents: what `?` leads to.
import { useEffect, useState } from 'react';
import { useTitle } from '@/lib/use-title';
import { MessagePage } from '@/ui/message';
import css from './contract-page.module.css';

/** By name, each loaded when it is asked for. */
const DOCUMENTS = import.meta.glob<string>('../../../../docs/contracts/*.md', {
  query: '?raw',
  import: 'default',
});

function loaderOf(name: string): (() => Promise<string>) | undefined {
  return Object.entries(DOCUMENTS).find(([path]) => path.endsWith(`/${name}.md`))?.[1];
}

export function ContractPage({ name }: { name: string }) {
  const [text, setText] = useState<string | null>(null);
  const load = loaderOf(name);
  const title = /^# (.+)$/m.exec(text ?? '')?.[1];
  useTitle(title ?? 'Contract');
  useEffect(() => {
    let here = true;
    load?.().then((loaded) => here && setText(loaded));
    return () => {
      here = false;
    };
  }, [load]);
  if (load === undefined) {
    return (
      <MessagePage icon="search" title="There is no such contract">
        <p>The link may be old, or mistyped.</p>
      </MessagePage>
    );
  }
  return (
    <main className={css.page}>
      <h1 className={css.title}>{title}</h1>
      <pre className={css.text}>{text?.replace(/^# .+\n+/, '')}</pre>
    </main>
  );
}
