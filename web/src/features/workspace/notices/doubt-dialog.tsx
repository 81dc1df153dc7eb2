// Before acting on a page that may be out of date.
import { Modal } from '@mantine/core';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';
import { sendInDoubt, useDoubt } from '../run/run';

export function DoubtDialog() {
  const request = useDoubt((store) => store.request);
  const wait = () => useDoubt.setState({ request: null });
  return (
    <Modal opened={request !== null} onClose={wait} title="You may be missing changes" centered>
      <p>
        Nothing was heard from the server for more than 12 seconds. What you see may have changed
        meanwhile. The server still decides whether this is possible.
      </p>
      <div className={css.actions}>
        <Button onClick={wait} data-autofocus>
          Wait for the connection
        </Button>
        <Button tone="primary" onClick={sendInDoubt}>
          Send it anyway
        </Button>
      </div>
    </Modal>
  );
}
