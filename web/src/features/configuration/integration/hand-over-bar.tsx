// What was made on this visit, with the way to hand it over.
import { useNavigate } from '@tanstack/react-router';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import css from './integration.module.css';
import { useJustMade } from './just-made';

export function HandOverBar() {
  const secrets = useJustMade((store) => store.secrets);
  const navigate = useNavigate();
  if (secrets.length === 0) return null;
  const go = () =>
    navigate({
      to: '/configuration/{-$section}/{-$id}',
      params: { section: 'one-time-links', id: undefined },
    });
  return (
    <section className={css.handOver} aria-label="Hand over">
      <p>
        <b>{count(secrets.length, 'credential')} ready to hand over:</b>{' '}
        {secrets.map(({ label }) => label).join(', ')}. They are not shown again once you leave the
        configuration.
      </p>
      <Button tone="primary" icon={<Icon name="link" />} onClick={() => void go()}>
        Hand over by a link
      </Button>
    </section>
  );
}
