// Sign in with e-mail and password.
import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect } from 'react';
import { useSession } from '@/contract/session';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Logo } from '@/ui/logo';
import css from './login-page.module.css';
import { useSignIn } from './use-sign-in';

export function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  const ended = useSession((store) => store.ended);
  const { missing, error, pending, submit } = useSignIn();
  useEffect(() => {
    document.title = 'Sign in · Cordboard';
  }, []);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const fields = new FormData(form);
    const email = String(fields.get('email') ?? '').trim();
    const next = await submit(email, String(fields.get('password') ?? ''));
    if (next === null) onSignedIn();
    else form.querySelector<HTMLInputElement>(`[name=${next}]`)?.focus();
  };

  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={(event) => void onSubmit(event)} noValidate>
        <div className={css.brand}>
          <Logo size={32} />
          Cordboard
        </div>
        <h1 className={css.title}>Sign in</h1>
        {ended && error === null && (
          <p className={css.notice} role="status">
            Your session ended. Sign in and you are back where you were.
          </p>
        )}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          size="md"
          autoComplete="username"
          error={missing.email}
          autoFocus
        />
        <PasswordInput
          label="Password"
          name="password"
          size="md"
          autoComplete="current-password"
          error={missing.password}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        />
        <ErrorLine text={error} />
        <Button type="submit" tone="primary" pending={pending}>
          Sign in
        </Button>
      </form>
      <p className={css.foot}>No account? Your administrator creates it.</p>
    </main>
  );
}

function ErrorLine({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className={css.error}>
          <Icon name="warning" />
          {text}
        </p>
      )}
    </div>
  );
}
