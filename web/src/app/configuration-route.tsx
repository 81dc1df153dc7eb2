// /configuration, and every page below it.
import { getRouteApi } from '@tanstack/react-router';
import { ConfigurationPage } from '@/features/configuration/configuration-page';

const route = getRouteApi('/shell/configuration/{-$section}/{-$id}');

export function ConfigurationRoute() {
  const { section, id } = route.useParams();
  return <ConfigurationPage section={section} id={id} />;
}
