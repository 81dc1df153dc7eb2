// Signing in: what is missing, what the server said, and whether it is being asked.
import { useState } from 'react';
import { login } from '@/contract/auth';
import { explain } from './explain';

export type Field = 'email' | 'password';

type Missing = Record<Field, string | null>;

interface SignIn {
  missing: Missing;
  error: string | null;
  pending: boolean;
  /** Answers the field that should have the focus next, or null when signed in. */
  submit: (email: string, password: string) => Promise<Field | null>;
}

export function useSignIn(): SignIn {
  const [missing, setMissing] = useState<Missing>({ email: null, password: null });
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const submit = async (email: string, password: string): Promise<Field | null> => {
    const gaps = whatIsMissing(email, password);
    setMissing(gaps);
    setError(null);
    if (gaps.email !== null) return 'email';
    if (gaps.password !== null) return 'password';
    setPending(true);
    try {
      await login(email, password);
      return null;
    } catch (cause) {
      setError(explain(cause));
      return 'password';
    } finally {
      setPending(false);
    }
  };
  return { missing, error, pending, submit };
}

function whatIsMissing(email: string, password: string): Missing {
  const address = email === '' ? 'Enter your e-mail address.' : 'This is not an e-mail address.';
  return {
    email: /^[^\s@]+@[^\s@]+$/.test(email) ? null : address,
    password: password === '' ? 'Enter your password.' : null,
  };
}
