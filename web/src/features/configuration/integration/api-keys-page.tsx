// Keys of the gateway, each for the products it opens.
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import dialog from '@/ui/dialog.module.css';
import { HandOverBar } from './hand-over-bar';
import css from './integration.module.css';
import { NewKey } from './new-key';
import { Loading, Page } from './page';
import { productWords } from './products';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { type ApiKey, listApiKeys, revokeApiKey } from './wire';

const HELP: Help = {
  links: [
    { label: 'Contract: credentials', href: '/contracts/administration#credentials' },
    { label: 'Contract: OAuth tokens', href: '/contracts/oauth' },
  ],
};

export default function ApiKeysPage() {
  const query = useQuery({ queryKey: ['api-keys'], queryFn: listApiKeys });
  const { data } = query;
  return (
    <Page title="API keys" about="Keys for programs on the gateway, by what they open." help={HELP}>
      <NewKey onMade={() => void query.refetch()} />
      {data === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : data.items.length === 0 ? (
        <p className={css.nothing}>There is no API key yet.</p>
      ) : (
        <Keys keys={data.items} onRevoked={() => void query.refetch()} />
      )}
      <HandOverBar />
    </Page>
  );
}

function Keys({ keys, onRevoked }: { keys: readonly ApiKey[]; onRevoked: () => void }) {
  const [asked, setAsked] = useState<ApiKey | null>(null);
  const act = useAct();
  const revoke = async (key: ApiKey) => {
    const done = await act.run(async () => {
      await revokeApiKey(key);
      return true;
    });
    setAsked(null);
    if (done !== null) onRevoked();
  };
  return (
    <>
      <Refusal text={act.refusal} />
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Products</th>
              <th scope="col">
                <span className={css.hint}>Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id}>
                <th scope="row">{key.name}</th>
                <td>{productWords(key.products)}</td>
                <td>
                  <Button
                    size="small"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => setAsked(key)}
                  >
                    Revoke
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={`Revoke ${asked?.name}?`}
        centered
      >
        <p>
          Programs that use this key, and access tokens made with it, are refused from then on. This
          cannot be undone.
        </p>
        <div className={dialog.actions}>
          <Button onClick={() => setAsked(null)} data-autofocus>
            Keep it
          </Button>
          <Button
            tone="danger"
            pending={act.pending}
            onClick={() => asked !== null && void revoke(asked)}
          >
            Revoke
          </Button>
        </div>
      </Modal>
    </>
  );
}
