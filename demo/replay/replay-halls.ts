import { randomUUID } from 'node:crypto';
import type { Call as ApiCall } from '../../contract/client.ts';
import type { Call } from '../../contract/queue.ts';
import type { GroupId } from '../../core/queue/ids.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { RecordedTicket } from '../../server/modules/planning/index.ts';
import type { ReplayNetwork } from './replay-network.ts';

/** A visit as the API reported it, with its recording. */
export interface ReplayedVisit {
  readonly recorded: RecordedTicket;
  readonly takenAt: Instant;
  /** Null when the visitor was never called. */
  calledAt: Instant | null;
}

/** What came of a drive: every visit, and every request that failed. */
export interface Driven {
  readonly visits: readonly ReplayedVisit[];
  readonly failures: readonly unknown[];
}

export interface DriveSetting {
  readonly api: ApiCall;
  readonly date: CivilDate;
  readonly network: ReplayNetwork;
  readonly tickets: readonly RecordedTicket[];
  /** Told after every step of the clock: how many calls have been made. */
  progress(calls: number): void;
}

/** The halls of the replayed day through the API: what happens in one office happens in order. */
export class ReplayHalls {
  readonly #setting: DriveSetting;
  readonly #turns = new Map<string, Promise<void>>();
  readonly #failures: unknown[] = [];
  readonly #visits = new Map<string, ReplayedVisit>();
  #calls = 0;

  constructor(setting: DriveSetting) {
    this.#setting = setting;
  }

  /** Does the work when everything before it in this office is done. */
  inTurn(office: string, work: () => Promise<unknown>): void {
    const turn = (this.#turns.get(office) ?? Promise.resolve()).then(work).then(
      () => undefined,
      (error: unknown) => void this.#failures.push(error),
    );
    this.#turns.set(office, turn);
  }

  /** Waits until every office has done its work. */
  async settled(): Promise<void> {
    await Promise.all(this.#turns.values());
    this.#turns.clear();
  }

  driven(): Driven {
    return { visits: [...this.#visits.values()], failures: this.#failures };
  }

  async step(to: Instant): Promise<void> {
    await this.#setting.api('POST /api/clock/step', { body: { to } });
    this.#setting.progress(this.#calls);
  }

  /** Steps to the moment and opens every window. */
  async seat(moment: Instant): Promise<void> {
    await this.step(moment);
    await Promise.all(
      this.#setting.network.centres.map(async ({ centreId, windows }) => {
        for (const { windowId, groupIds } of windows) {
          const body = {
            ...command(),
            specialistId: `specialist-${centreId}-${windowId}`,
            skills: skillsFor(groupIds),
          };
          const params = this.#at(centreId, windowId);
          await this.#setting.api('POST /api/centres/:centreId/days/:day/windows/:windowId/open', { params, body });
        }
      }),
    );
  }

  async take(recorded: RecordedTicket): Promise<Call | null> {
    const { api, date, network } = this.#setting;
    const params = { centreId: network.centreIdOf(recorded.office), day: date };
    const body = { ...command(), services: [{ serviceId: network.groupIdOf(recorded.queue) }] };
    const ticket = await api('POST /api/centres/:centreId/days/:day/visits', { params, body });
    this.#visits.set(ticket.visitId, { recorded, takenAt: ticket.takenAt, calledAt: null });
    return this.#called(ticket.call);
  }

  async ready(centreId: number, windowId: number): Promise<Call | null> {
    const params = this.#at(centreId, windowId);
    const body = command();
    const reply = await this.#setting.api('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
      params,
      body,
    });
    return this.#called(reply.call);
  }

  start(centreId: number, { windowId, visitId }: Call): Promise<unknown> {
    const body = { ...command(), visitId };
    const params = this.#at(centreId, windowId);
    return this.#setting.api('POST /api/centres/:centreId/days/:day/windows/:windowId/start', { params, body });
  }

  finish(centreId: number, { windowId, visitId }: Call): Promise<unknown> {
    const body = { ...command(), visitId };
    const params = this.#at(centreId, windowId);
    return this.#setting.api('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', { params, body });
  }

  #at(centreId: number, windowId: number) {
    return { centreId, day: this.#setting.date, windowId };
  }

  #called(call: Call | null): Call | null {
    if (call === null) return null;
    const visit = this.#visits.get(call.visitId);
    if (visit === undefined) throw new Error(`a visitor was called who took no ticket: ${call.number}`);
    visit.calledAt = call.at;
    this.#calls += 1;
    return call;
  }
}

/** A recording says nothing of skills: everybody can do everything. */
function skillsFor(groupIds: readonly GroupId[]) {
  return groupIds.map((groupId) => ({ groupId, level: 3 as const }));
}

function command(): { commandId: string } {
  return { commandId: randomUUID() };
}
