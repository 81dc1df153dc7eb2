// /login
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { LoginPage } from '@/features/login/login-page';

const route = getRouteApi('/login');

export function LoginRoute() {
  const { returnTo } = route.useSearch();
  const router = useRouter();
  return <LoginPage onSignedIn={() => router.history.replace(returnTo ?? '/workspace')} />;
}
