// /contracts and /contracts/NAME, for everybody: signed in or not.
import { getRouteApi } from '@tanstack/react-router';
import { ContractsPage } from '@/features/contracts/contracts-page';
import { HelpSheet } from '@/ui/help-sheet';

const route = getRouteApi('/contracts/{-$name}');

export function ContractRoute() {
  const { name } = route.useParams();
  const { q = '' } = route.useSearch();
  return (
    <>
      <ContractsPage name={name} query={q} />
      <HelpSheet />
    </>
  );
}
