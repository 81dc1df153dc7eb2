// The note. Every keystroke is kept in this tab until the wrap-up is completed.
import { useId } from 'react';
import { NOTE_MAX, useDrafts } from '../model/draft';
import css from './wrap-up.module.css';

export function NoteField({ note, onChange }: { note: string; onChange: (note: string) => void }) {
  const id = useId();
  const kept = useDrafts((store) => store.kept);
  return (
    <div>
      <label className={css.label} htmlFor={id}>
        Note
      </label>
      <textarea
        className={css.note}
        id={id}
        value={note}
        maxLength={NOTE_MAX}
        aria-describedby={`${id}-kept`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={css.kept} id={`${id}-kept`}>
        <span>{keptText(note, kept)}</span>
        {note.length > NOTE_MAX * 0.8 && (
          <span className="digits">
            {note.length} of {NOTE_MAX}
          </span>
        )}
      </p>
    </div>
  );
}

function keptText(note: string, kept: boolean): string {
  if (!kept) return 'The browser refuses to keep this note: do not reload before completing.';
  return note === '' ? 'Kept in this tab as you type.' : 'Kept in this tab.';
}
