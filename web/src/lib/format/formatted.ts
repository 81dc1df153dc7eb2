// Result of formatting one variable: what to show, and what to say about it.

/** Where values are read: the tenant's own settings, never the browser's. */
export interface Place {
  locale: string;
  currency: string;
  timeZone: string;
}

export interface Formatted {
  /** Text to show. Still untrusted: render it through `UntrustedText`. */
  text: string;
  /** Why the value is shown as it came, or null when it was formatted. */
  mark: string | null;
  /** A fact the value alone does not tell, such as whose currency it is. */
  hint: string | null;
}

export function formatted(text: string, hint: string | null = null): Formatted {
  return { text, mark: null, hint };
}

/** The value as it came, with the reason. Never blank, never guessed. */
export function raw(text: string, mark: string): Formatted {
  return { text, mark, hint: null };
}
