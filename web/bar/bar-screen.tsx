import { DRINKS, type Drink } from '../../core/queue/events.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { Connection } from '../shared/connection.tsx';
import { Frame } from '../shared/frame.tsx';
import { useHall } from '../shared/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 2_000;
const HAD_SHOWN = 12;
const REDEEMED = ['GET /api/centres/:centreId/vouchers'] as const;

interface Voucher {
  readonly visitId: string;
  readonly number: string;
  readonly drink: Drink | null;
}

/** Who has waited too long chooses a drink here; each voucher is good once. */
export function BarScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const words = useMessages(messages);
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const live = useHall(centreId);
  const known = useQuery('GET /api/centres/:centreId/vouchers', { params: { centreId } }, ASK_EVERY_MS);
  const redeem = useChange('POST /api/centres/:centreId/days/:day/visits/:visitId/redeem', REDEEMED);
  const give = ({ visitId }: Voucher, drink: Drink) =>
    redeem.run({
      params: { centreId, day: live.hall?.day ?? '', visitId },
      body: { commandId: crypto.randomUUID(), drink },
    });
  const vouchers = known.data ?? [];
  const open = vouchers.filter(({ drink }) => drink === null);
  const had = vouchers.filter(({ drink }) => drink !== null);
  return (
    <Frame over={words.title} title={centre?.name[language]} timeZone={null}>
      <Connection live={live} />
      <Problem text={redeem.problem} />
      {live.lostAt === null && <QueryState of={known} />}
      {known.data !== null && <Open vouchers={open} give={give} disabled={live.lostAt !== null} />}
      <Had vouchers={had} />
    </Frame>
  );
}

interface OpenProps {
  readonly vouchers: readonly Voucher[];
  readonly give: (voucher: Voucher, drink: Drink) => void;
  readonly disabled: boolean;
}

function Open({ vouchers, give, disabled }: OpenProps) {
  const words = useMessages(messages);
  return (
    <section aria-labelledby="open">
      <h2 id="open">{words.open(vouchers.length)}</h2>
      <ul className="vouchers">
        {vouchers.map((voucher) => (
          <li key={voucher.visitId}>
            <strong>{voucher.number}</strong>
            {DRINKS.map((drink) => (
              <button
                key={drink}
                type="button"
                disabled={disabled}
                aria-label={`${voucher.number}: ${words.drinks[drink]}`}
                onClick={() => give(voucher, drink)}
              >
                {words.drinks[drink]}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Had({ vouchers }: { readonly vouchers: readonly Voucher[] }) {
  const words = useMessages(messages);
  if (vouchers.length === 0) return null;
  return (
    <section aria-labelledby="had">
      <h2 id="had">{words.had(vouchers.length)}</h2>
      <ul className="had">
        {vouchers.slice(-HAD_SHOWN).map(({ visitId, number, drink }) => (
          <li key={visitId}>
            {number}: {drink !== null && words.drinks[drink]}
          </li>
        ))}
      </ul>
    </section>
  );
}
