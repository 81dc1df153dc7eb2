// A moment, as people write it where they are; the exact one on pointing and for programs.
const FORM = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export function Moment({ at }: { at: number }) {
  const exact = new Date(at).toISOString();
  return (
    <time dateTime={exact} title={exact} className="digits">
      {FORM.format(at)}
    </time>
  );
}
