// What an API key can open.

export const PRODUCTS: readonly { product: string; label: string; hint: string }[] = [
  {
    product: 'contactCenter',
    label: 'Contact Center',
    hint: 'Data Augmentation by SIP Call-ID, agent status, calls, chat.',
  },
  { product: 'eventStream', label: 'Event Streaming', hint: 'The stream of public events.' },
  { product: 'analytics', label: 'Real-time metrics', hint: 'By access token.' },
  { product: 'statistics', label: 'Statistics', hint: 'Real-time statistics of queues.' },
  { product: 'schedules', label: 'Schedules', hint: 'Opening hours, read and set.' },
];

export function productWords(products: readonly string[]): string {
  const words = products.map(
    (name) => PRODUCTS.find(({ product }) => product === name)?.label ?? name,
  );
  return words.join(', ');
}
