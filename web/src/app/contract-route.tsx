// /contracts/NAME
import { getRouteApi } from '@tanstack/react-router';
import { ContractPage } from '@/features/contracts/contract-page';

const route = getRouteApi('/contracts/$name');

export function ContractRoute() {
  const { name } = route.useParams();
  return <ContractPage name={name} />;
}
