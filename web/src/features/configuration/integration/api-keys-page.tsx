// Keys of the gateway, each for the products it opens.
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { idempotencyKey } from '@/contract/client';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import dialog from '@/ui/dialog.module.css';
import { Once } from '@/ui/once';
import { ToggleField } from '../fields/toggle-field';
import { HandOverBar } from './hand-over-bar';
import css from './integration.module.css';
import { keepSecret } from './just-made';
import { Loading, Page } from './page';
import { PRODUCTS, productWords } from './products';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { type ApiKey, listApiKeys, makeApiKey, revokeApiKey } from './wire';

const HELP: Help = {
  links: [
    { label: 'Contract: Administration', href: '/contracts/administration' },
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

interface Wish {
  name: string;
  products: string[];
  withSecret: boolean;
}

const FRESH: Wish = { name: '', products: [], withSecret: true };

function NewKey({ onMade }: { onMade: () => void }) {
  const [wish, setWish] = useState(FRESH);
  const [made, setMade] = useState<{ key: string; secret?: string | null } | null>(null);
  const [missing, setMissing] = useState<{ name?: string; products?: string }>({});
  const sent = useRef({ wish: FRESH, key: '' });
  const act = useAct();
  const make = async () => {
    const name = wish.name.trim() === '' ? { name: 'Is empty.' } : {};
    const products = wish.products.length === 0 ? { products: 'Choose at least one.' } : {};
    const wrong = { ...name, ...products };
    setMissing(wrong);
    if (Object.keys(wrong).length > 0) return;
    if (sent.current.wish !== wish) sent.current = { wish, key: idempotencyKey() };
    const answer = await act.run(() => makeApiKey(wish, sent.current.key));
    if (answer === null) return;
    keepSecret({ label: `API key ${answer.name}`, value: answer.key });
    if (answer.secret != null)
      keepSecret({ label: `API secret ${answer.name}`, value: answer.secret });
    setMade(answer);
    setWish(FRESH);
    onMade();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void make();
  };
  const choose = (product: string, on: boolean) => {
    const left = wish.products.filter((each) => each !== product);
    setWish({ ...wish, products: on ? [...left, product] : left });
  };
  return (
    <form className={css.card} aria-label="New API key" onSubmit={onSubmit} noValidate>
      <h2 className={css.cardTitle}>New key</h2>
      <TextInput
        label="Name"
        autoComplete="off"
        value={wish.name}
        error={missing.name ?? (act.field === 'name' ? act.refusal : undefined)}
        onChange={({ currentTarget }) => setWish({ ...wish, name: currentTarget.value })}
      />
      <fieldset className={css.rights}>
        <legend className={css.label}>Products</legend>
        {PRODUCTS.map(({ product, label, hint }) => (
          <ToggleField
            key={product}
            label={label}
            hint={hint}
            value={wish.products.includes(product)}
            errors={{}}
            onChange={(on) => choose(product, on)}
          />
        ))}
        {missing.products !== undefined && <Refusal text={missing.products} />}
      </fieldset>
      <ToggleField
        label="With a secret"
        hint="Key and secret are exchanged for access tokens. Without one, the key is used as it is."
        value={wish.withSecret}
        errors={{}}
        onChange={(withSecret) => setWish({ ...wish, withSecret })}
      />
      <Refusal text={act.field === 'name' ? null : act.refusal} />
      <div className={css.row}>
        <Button type="submit" tone="primary" pending={act.pending}>
          Make the key
        </Button>
      </div>
      {made !== null && (
        <>
          <Once label="Key" value={made.key} />
          {made.secret != null && <Once label="Secret" value={made.secret} />}
          <p className={css.hint}>Copy them now, or hand them over: they are never shown again.</p>
        </>
      )}
    </form>
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
