// What a document is made of, as elements of the page.
import type { Content } from './document';

export function Elements({ of }: { of: readonly Content[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes its order
  return of.map((each, n) => <Element key={n} of={each} />);
}

function Element({ of }: { of: Content }) {
  if (typeof of === 'string') return of;
  const inside = <Elements of={of.content} />;
  switch (of.tag) {
    case 'a':
      return <a href={'href' in of ? of.href : undefined}>{inside}</a>;
    case 'colHead':
      return <th scope="col">{inside}</th>;
    case 'rowHead':
      return <th scope="row">{inside}</th>;
    default:
      return <of.tag>{inside}</of.tag>;
  }
}
