// Sign in with e-mail and password.
import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { login } from '@/contract/auth';
import { useSession } from '@/contract/session';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Logo } from '@/ui/logo';
import { explain } from './explain';
import css from './login-page.module.css';

interface Missing {
  email: string | null;
  password: string | null;
}

const NOTHING: Missing = { email: null, password: null };

export function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  const ended = useSession((store) => store.ended);
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState(NOTHING);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  useEffect(() => {
    document.title = 'Sign in · Cordboard';
  }, []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const fields = new FormData(event.currentTarget);
    const email = String(fields.get('email') ?? '').trim();
    const password = String(fields.get('password') ?? '');
    const gaps = whatIsMissing(email, password);
    setMissing(gaps);
    setError(null);
    if (gaps.email !== null) return focus('email');
    if (gaps.password !== null) return focus('password');
    setPending(true);
    try {
      await login(email, password);
      onSignedIn();
    } catch (cause) {
      setError(explain(cause));
      focus('password');
    } finally {
      setPending(false);
    }
  };
  const focus = (name: 'email' | 'password') =>
    form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();

  return (
    <main className={css.page}>
      <form className={css.card} ref={form} onSubmit={(event) => void submit(event)} noValidate>
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
        <div role="alert">
          {error !== null && (
            <p className={css.error}>
              <Icon name="warning" />
              {error}
            </p>
          )}
        </div>
        <Button type="submit" tone="primary" pending={pending}>
          Sign in
        </Button>
      </form>
      <p className={css.foot}>No account? Your administrator creates it.</p>
    </main>
  );
}

function whatIsMissing(email: string, password: string): Missing {
  const address = email === '' ? 'Enter your e-mail address.' : 'This is not an e-mail address.';
  return {
    email: /^[^\s@]+@[^\s@]+$/.test(email) ? null : address,
    password: password === '' ? 'Enter your password.' : null,
  };
}
