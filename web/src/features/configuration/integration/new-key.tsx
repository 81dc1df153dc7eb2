// Makes an API key, shown once.
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Button } from '@/ui/button';
import { Once } from '@/ui/once';
import { ToggleField } from '../fields/toggle-field';
import css from './integration.module.css';
import { keepSecret } from './just-made';
import { PRODUCTS } from './products';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { type MadeKey, makeApiKey, type NewApiKey } from './wire';

const FRESH: NewApiKey = { name: '', products: [], withSecret: true };

export function NewKey({ onMade }: { onMade: () => void }) {
  const [wish, setWish] = useState(FRESH);
  const [made, setMade] = useState<MadeKey | null>(null);
  const [missing, setMissing] = useState<{ name?: string; products?: string }>({});
  const act = useAct();
  const make = async () => {
    const wrong = missingIn(wish);
    setMissing(wrong);
    if (Object.keys(wrong).length > 0) return;
    const answer = await act.make(wish, makeApiKey);
    if (answer === null) return;
    const { name, key, secret = null } = answer;
    keepSecret({ label: `API key ${name}`, value: key });
    if (secret !== null) keepSecret({ label: `API secret ${name}`, value: secret });
    setMade(answer);
    setWish(FRESH);
    onMade();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void make();
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
      <Products wish={wish} missing={missing.products} onWish={setWish} />
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
      {made !== null && <Shown made={made} />}
    </form>
  );
}

function missingIn({ name, products }: NewApiKey) {
  return {
    ...(name.trim() === '' ? { name: 'Is empty.' } : {}),
    ...(products.length === 0 ? { products: 'Choose at least one.' } : {}),
  };
}

interface ProductsProps {
  wish: NewApiKey;
  missing: string | undefined;
  onWish: (wish: NewApiKey) => void;
}

function Products({ wish, missing, onWish }: ProductsProps) {
  const choose = (product: string, on: boolean) => {
    const left = wish.products.filter((each) => each !== product);
    onWish({ ...wish, products: on ? [...left, product] : left });
  };
  return (
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
      <Refusal text={missing ?? null} />
    </fieldset>
  );
}

function Shown({ made: { key, secret = null } }: { made: MadeKey }) {
  return (
    <>
      <Once label="Key" value={key} />
      {secret !== null && <Once label="Secret" value={secret} />}
      <p className={css.hint}>Copy them now, or hand them over: they are never shown again.</p>
    </>
  );
}
