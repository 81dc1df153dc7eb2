// What came of the last thing that was done, where the supervisor looks.
import { useUi } from '../model/ui';
import css from './dialog.module.css';

export function Told() {
  const told = useUi((store) => store.told);
  return (
    <div className={css.live} role={told?.refused === true ? 'alert' : 'status'}>
      {told !== null && (
        <p className={css.told} data-refused={told.refused || undefined}>
          {told.text}
        </p>
      )}
    </div>
  );
}
