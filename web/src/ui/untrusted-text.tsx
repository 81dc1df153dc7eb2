// Shows text from outside as text: isolated in direction, invisible characters visible, long ones cut.
import { useState } from 'react';
import { clip, type Segment, segments } from '@/lib/untrusted';
import css from './untrusted-text.module.css';

interface UntrustedTextProps {
  text: string;
  /** Names what is cut, for the "more" control. Without it nothing is cut. */
  clipAs?: string;
}

export function UntrustedText({ text, clipAs }: UntrustedTextProps) {
  const [whole, setWhole] = useState(false);
  const { head, hidden } = clip(text);
  const cut = clipAs !== undefined && hidden > 0;
  return (
    <>
      <bdi className={css.text}>
        {numbered(segments(cut && !whole ? head : text)).map(({ key, segment }) =>
          segment.kind === 'text' ? (
            <span key={key}>{segment.text}</span>
          ) : (
            <span key={key} className={css.mark} title={segment.name}>
              {segment.label}
            </span>
          ),
        )}
        {cut && !whole && '…'}
      </bdi>
      {cut && ' '}
      {cut && (
        <button
          type="button"
          className={css.more}
          aria-expanded={whole}
          aria-label={whole ? `Less of ${clipAs}` : `More of ${clipAs}, ${hidden} characters`}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'less' : `more (${hidden})`}
        </button>
      )}
    </>
  );
}

/** Segments have no identity but their place; the text is replaced whole. */
function numbered(parts: Segment[]): { key: string; segment: Segment }[] {
  return parts.map((segment, index) => ({ key: `${index}`, segment }));
}
