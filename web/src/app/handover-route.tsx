// /handover, for whoever was sent a link: signed in or not.
import { HandoverPage } from '@/features/handover/handover-page';
import { HelpSheet } from '@/ui/help-sheet';

export function HandoverRoute() {
  return (
    <>
      <HandoverPage />
      <HelpSheet />
    </>
  );
}
