// A page that could not be shown. Says what is known and offers the one thing that may help.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ApiError } from '@/contract/api-error';
import { Button } from '@/ui/button';
import { MessagePage } from '@/ui/message';

export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  const known = error instanceof ApiError;
  return (
    <MessagePage
      icon="linkOff"
      title={known ? error.message : 'This page could not be shown'}
      actions={<Button onClick={again}>Try again</Button>}
    >
      <p>
        {known
          ? 'Your work is safe on the server. This page continues when it answers.'
          : 'Something in the page itself went wrong. Trying again loads it anew.'}
      </p>
    </MessagePage>
  );
}
