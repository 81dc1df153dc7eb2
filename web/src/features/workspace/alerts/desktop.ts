// Desktop notifications: asked for by a button, shown only while the page is out of sight.
import { useState } from 'react';

type Permission = NotificationPermission | 'unsupported';

function current(): Permission {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

export function useDesktopPermission(): { permission: Permission; ask: () => void } {
  const [permission, setPermission] = useState(current);
  const ask = () => void Notification.requestPermission().then(setPermission);
  return { permission, ask };
}

/** Shows one note per offer; answers how to take it away. Says nothing about the customer. */
export function showOffer(offerId: string, queueName: string, media: string): () => void {
  if (current() !== 'granted' || !document.hidden) return () => undefined;
  const note = new Notification(`${media} offer`, { body: queueName, tag: offerId });
  note.onclick = () => {
    window.focus();
    note.close();
  };
  return () => note.close();
}
