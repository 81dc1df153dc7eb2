// Links that hand secrets over: each opens once.
import { useQuery } from '@tanstack/react-query';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import { Moment } from '@/ui/moment';
import { HandOverForm } from './hand-over-form';
import css from './integration.module.css';
import { Loading, Page } from './page';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { listSecretLinks, revokeSecretLink, type SecretLink } from './wire';

const HELP: Help = {
  links: [{ label: 'Contract: one-time links', href: '/contracts/administration#one-time-links' }],
};

export default function OneTimeLinksPage() {
  const query = useQuery({
    queryKey: ['secret-links'],
    queryFn: listSecretLinks,
    staleTime: 0,
    refetchInterval: 15_000,
  });
  const { data } = query;
  return (
    <Page
      title="One-time links"
      about="Hand secrets over by a link that opens once. The server keeps no key to what is in it."
      help={HELP}
    >
      <HandOverForm onMade={() => void query.refetch()} />
      {data === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : data.items.length === 0 ? (
        <p className={css.nothing}>No link was made yet.</p>
      ) : (
        <Links links={data.items.toReversed()} onRevoked={() => void query.refetch()} />
      )}
    </Page>
  );
}

function Links({ links, onRevoked }: { links: readonly SecretLink[]; onRevoked: () => void }) {
  const act = useAct();
  const revoke = async (link: SecretLink) => {
    await act.run(() => revokeSecretLink(link));
    onRevoked();
  };
  return (
    <>
      <Refusal text={act.refusal} />
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Title</th>
              <th scope="col">State</th>
              <th scope="col">Made</th>
              <th scope="col">Revoke</th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.id}>
                <th scope="row">{link.title}</th>
                <td>
                  <State link={link} />
                </td>
                <td>
                  <Moment at={link.madeAt} />
                  {link.by !== null && ` by ${link.by.name}`}
                </td>
                <td>
                  {link.state === 'waiting' && (
                    <Button
                      size="small"
                      aria-label={`Revoke ${link.title}`}
                      pending={act.pending}
                      onClick={() => void revoke(link)}
                    >
                      Revoke
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function State({ link: { state, openedAt, expiresAt } }: { link: SecretLink }) {
  switch (state) {
    case 'waiting':
      return (
        <>
          Waiting, until <Moment at={expiresAt} />
        </>
      );
    case 'opened':
      return <>Opened {openedAt !== null && <Moment at={openedAt} />}</>;
    case 'expired':
      return (
        <>
          Expired <Moment at={expiresAt} />
        </>
      );
    case 'revoked':
      return <>Revoked</>;
    case 'destroyed':
      return <>Destroyed by five wrong passphrases</>;
  }
}
