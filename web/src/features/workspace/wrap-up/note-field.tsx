// The note. It is saved on the server while it is written, for this page and for any other.
import { useId } from 'react';
import { NOTE_MAX, useDrafts } from '../model/draft';
import css from './wrap-up.module.css';

interface NoteFieldProps {
  interactionId: string;
  note: string;
  onChange: (note: string) => void;
}

export function NoteField({ interactionId, note, onChange }: NoteFieldProps) {
  const id = useId();
  const saved = useDrafts(({ unsaved, failed }) => {
    if (failed.has(interactionId)) return 'failed';
    return interactionId in unsaved ? 'unsaved' : 'saved';
  });
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
        <span>{savedText(note, saved)}</span>
        {note.length > NOTE_MAX * 0.8 && (
          <span className="digits">
            {note.length} of {NOTE_MAX}
          </span>
        )}
      </p>
    </div>
  );
}

function savedText(note: string, saved: 'saved' | 'unsaved' | 'failed'): string {
  switch (saved) {
    case 'saved':
      return note === '' ? 'Saved as you type.' : 'Saved.';
    case 'unsaved':
      return 'Saving…';
    case 'failed':
      return 'Not saved yet. It is sent again with the next change or connection.';
  }
}
