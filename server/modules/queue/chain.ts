import { hash } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from '../../../core/canonical-json.ts';
import type { Caller, Command, CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import type { CommandId, DayKey } from '../../../core/queue/ids.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';

/** Eight bytes that stand for everything up to an event, as a signed whole number; 0 before the first event. */
export type ChainValue = bigint;

/** What is proved of an event: the bytes that the chain, and later the day's seal, are made of. */
export function leafOf({ centreId, day }: DayKey, event: QueueEvent): string {
  const { seq, epoch, at, dueAt, v, kind, command, body } = event;
  return canonicalJson({
    centre: centreId,
    day,
    seq,
    epoch,
    at,
    dueAt,
    v,
    kind,
    command,
    body,
  } as unknown as CanonicalValue);
}

/** The chain value after an event: the first eight bytes of SHA-256 over the value before it and its leaf. */
export function chainAfter(before: ChainValue, key: DayKey, event: QueueEvent): ChainValue {
  return firstEightBytes(`${before}\n${leafOf(key, event)}`);
}

/** A command with the hash of what it asks. The hash says nothing of the caller: a colleague who repeats a command gets the same facts. */
export function commandOf<Kind extends CommandKind>(
  kind: Kind,
  id: CommandId,
  body: CommandBodies[Kind],
  caller?: Caller,
): Command {
  const asked = canonicalJson({ kind, body } as unknown as CanonicalValue);
  return { kind, id, body, hash: String(firstEightBytes(asked)), ...(caller !== undefined && { caller }) } as Command;
}

/** A command that nobody sends but everybody would make alike: its id is made of its reason (UUID version 8). */
export function derivedId(reason: string): CommandId {
  const hex = hash('sha256', reason, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The hash under which a configuration is kept. */
export function configurationHash(configuration: unknown): string {
  return hash('sha256', canonicalJson(configuration as CanonicalValue), 'hex').slice(0, 32);
}

function firstEightBytes(text: string): bigint {
  return (hash('sha256', text, 'buffer') as Buffer).readBigInt64BE(0);
}
