import { apps } from '@sso/domains';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requireSession, tokenFor } from '../../auth.ts';
import { SitePage } from '../../components/site-page.tsx';
import { deps } from '../../deps.ts';
import { takeWay } from '../../ways/take-way.ts';
import { TakenWay } from '../../ways/taken-way.tsx';
import { WayCard } from '../../ways/way-card.tsx';
import { PageWay } from '../../ways/page-way.tsx';
import { findWay, pageWay, REFUSED_PATH, serverWays } from '../../ways/ways.ts';

export const metadata: Metadata = { title: 'Ways across' };

const shop = apps.shop.title;

/** What this site can ask of the other for a person, the ways to do it, and what really happens. */
export default async function WaysPage({ searchParams }: PageProps<'/ways'>) {
  await requireSession('/ways');
  const { way: id } = await searchParams;
  const way = findWay(id);
  return (
    <SitePage path="/ways">
      <div className="page flex flex-col gap-8 pt-10">
        <header className="flex flex-col gap-3">
          <p className="eyebrow">Ways across</p>
          <h1>How this site asks {shop} for you</h1>
          <p className="max-w-2xl text-soft">
            Two sites, two sessions, and nothing shared but who vouches for you. Take a way, and read what was
            sent and what came back. Of the tokens you see the claims alone.
          </p>
        </header>
        <div className="ways">
          {serverWays.map((one) => (
            <WayCard key={one.id} way={one} isTaken={one.id === way?.id} />
          ))}
          <PageWay way={pageWay} audience={apps.shop.audience} url={deps().env.SHOP_URL + pageWay.path} />
        </div>
        <form action="/ways">
          <button className="button quiet" name="way" value="refused">
            Ask {shop} for everybody’s orders
          </button>
        </form>
        <p className="text-soft">
          What it is good for: <Link href="/support">{shop}’s orders, for its support</Link>, refunds
          included.
        </p>
        {way && <Result title={way.title} path={way.path} lookFor={lookFor[way.id]} />}
        {id === 'refused' && <Result title="A refusal" path={REFUSED_PATH} lookFor={lookFor.refused} />}
      </div>
    </SitePage>
  );
}

interface ResultProps {
  readonly title: string;
  readonly path: string;
  readonly lookFor: string;
}

async function Result({ title, path, lookFor: hint }: ResultProps) {
  const url = deps().env.SHOP_URL + path;
  const taken = await takeWay(url, { tokenFor: () => tokenFor(apps.shop.audience) });
  return (
    <TakenWay title={`${title}: what happened`} taken={taken}>
      <p>{hint}</p>
    </TakenWay>
  );
}

const lookFor = {
  'server-to-server': `The token is for ${shop} alone (aud), was given to this site (client_id), and says what you may do there. The price of members is in the answer where the permissions have shop:prices.member.`,
  'on-behalf-of': `This token went to ${shop}. With it ${shop}’s API got a second one for this site’s API, on which it is the actor (act), and which no page ever sees. The answer is what this site’s own API told ${shop} for you.`,
  refused: `Whoever lacks shop:orders.read-any reads here exactly what is missing: 403, insufficient_scope, and the permission’s name. The answer is made for programs, so that each can say it to people in its own words.`,
} as const;
