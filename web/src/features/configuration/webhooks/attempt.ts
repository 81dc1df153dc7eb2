// How attempts to deliver an event went, in words (Webhooks, "Setting up").

export interface Attempt {
  at: number;
  tookMs: number;
  status: number | null;
  outcome: 'delivered' | 'refused' | 'timedOut' | 'noConnection' | 'addressRefused';
}

/** How a webhook gets on. */
export interface WebhookState {
  /** The receiver answered 410: nothing is sent until the webhook is saved again. */
  gone: boolean;
  pending: number;
  deadLetters: number;
  lastAttempt: Attempt | null;
}

export interface Delivery extends Attempt {
  id: number;
  event: string;
  /** How often it was tried before. */
  retry: number;
}

export interface DeadLetter extends Omit<Attempt, 'tookMs'> {
  id: number;
  event: string;
  attempts: number;
  replaying: boolean;
}

export function outcomeWords({ outcome, status }: Pick<Attempt, 'outcome' | 'status'>): string {
  switch (outcome) {
    case 'delivered':
      return `Delivered (${status})`;
    case 'refused':
      return `Refused with ${status}`;
    case 'timedOut':
      return 'No answer in time';
    case 'noConnection':
      return 'No connection';
    case 'addressRefused':
      return 'Address not allowed';
  }
}
