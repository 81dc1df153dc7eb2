// /login
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useSession } from '@/contract/session';
import { LoginPage } from '@/features/login/login-page';
import { HelpSheet } from '@/ui/help-sheet';
import { landing } from './areas';

const route = getRouteApi('/login');

export function LoginRoute() {
  const { returnTo } = route.useSearch();
  const router = useRouter();
  const goOn = () => {
    const user = useSession.getState().session?.user;
    router.history.replace(returnTo ?? (user === undefined ? '/' : landing(user)));
  };
  return (
    <>
      <LoginPage onSignedIn={goOn} />
      <HelpSheet />
    </>
  );
}
