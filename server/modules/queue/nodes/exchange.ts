import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Problem } from '../../../../core/problems.ts';
import type { Command } from '../../../../core/queue/commands.ts';
import type { QueueEvent } from '../../../../core/queue/events.ts';
import type { DayKey } from '../../../../core/queue/ids.ts';
import { hearLines, lineWriter } from './lines.ts';
import type { NodeRow } from './queries.ts';

/** What a command came to at the node that decided it. */
export type Answer =
  | { readonly kind: 'events'; readonly events: readonly QueueEvent[] }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The node was not reached or did not answer in time: whether it decided is unknown, and the same command may be decided here. */
  | { readonly kind: 'unreached' };

type Decide = (key: DayKey, command: Command) => Promise<Exclude<Answer, { kind: 'unreached' }>>;

/** After this the asking node decides by itself: half of a command's time is left for it. */
const ANSWER_MS_MAX = 1_000;
const NONCE_BYTES = 16;

interface Link {
  /** True for a node that decides what the caller of a command may do; one of an earlier release does not. */
  decidesCallers: boolean;
  /** Does something as soon as the node has proved itself. */
  readonly once: (act: () => void) => void;
  readonly socket: Socket;
  readonly send: (message: object) => void;
  readonly waiting: Map<number, (answer: Answer) => void>;
}

/** The nodes' commands to each other: one connection to each, answers in whatever order they are ready. */
export class Exchange {
  readonly #secret: Buffer;
  readonly #lost: (node: NodeRow) => void;
  readonly #links = new Map<string, Link>();
  readonly #guests = new Set<Socket>();
  #server: Server | null = null;
  #count = 0;

  /** `secret`: what nodes of one installation share. `lost` is told of a node whose connection broke. */
  constructor(secret: Buffer, lost: (node: NodeRow) => void) {
    this.#secret = secret;
    this.#lost = lost;
  }

  /** Answers the other nodes from now on; gives the port. */
  async listen(host: string, decide: Decide): Promise<number> {
    const server = createServer((socket) => this.#welcome(socket, decide));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  /** Has a command decided by another node. Never throws. */
  ask(node: NodeRow, key: DayKey, command: Command): Promise<Answer> {
    const link = this.#links.get(node.nodeId) ?? this.#open(node);
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'unreached' }), ANSWER_MS_MAX);
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        link.waiting.delete(id);
        resolve(answer);
      };
      link.waiting.set(id, settle);
      link.once(() => {
        if (command.caller !== undefined && !link.decidesCallers) settle({ kind: 'unreached' });
        else link.send({ id, key, command });
      });
    });
  }

  close(): void {
    this.#server?.close();
    for (const socket of this.#guests) socket.destroy();
    for (const { socket } of this.#links.values()) socket.destroy();
  }

  /** A guest says hello; we prove that we know the secret, and so must the guest. The secret itself is never sent. */
  #welcome(socket: Socket, decide: Decide): void {
    this.#guests.add(socket);
    socket.setNoDelay();
    socket.on('close', () => this.#guests.delete(socket));
    socket.on('error', () => undefined);
    const send = lineWriter(socket);
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    let known = false;
    hearLines(socket, (message) => {
      if (known) {
        const { id, key, command } = message as { id: number; key: DayKey; command: Command };
        decide(key, command)
          .then((answer) => send({ id, answer }))
          .catch((error: Error) => void socket.destroy(error));
        return;
      }
      const { hello, proof } = message as { hello?: unknown; proof?: unknown };
      if (typeof hello === 'string') send({ proof: this.#proof('host', hello), nonce, decidesCallers: true });
      else if (this.#holds('guest', nonce, proof)) known = true;
      else socket.destroy();
    });
  }

  #open(node: NodeRow): Link {
    const [host = '', port = ''] = node.address.split(/:(?=\d+$)/);
    const socket = connect({ host, port: Number(port) });
    socket.setNoDelay();
    const send = lineWriter(socket);
    const hello = randomBytes(NONCE_BYTES).toString('hex');
    // Requests before the host has proved itself wait.
    let held: (() => void)[] | null = [];
    const link: Link = {
      decidesCallers: false,
      once: (act) => void (held === null ? act() : held.push(act)),
      socket,
      send,
      waiting: new Map(),
    };
    this.#links.set(node.nodeId, link);
    hearLines(socket, (message) => {
      if (held === null) {
        const { id, answer } = message as { id: number; answer: Answer };
        link.waiting.get(id)?.(answer);
        return;
      }
      const { proof, nonce, decidesCallers } = message as {
        proof?: unknown;
        nonce?: unknown;
        decidesCallers?: unknown;
      };
      if (typeof nonce !== 'string' || !this.#holds('host', hello, proof)) return socket.destroy();
      link.decidesCallers = decidesCallers === true;
      send({ proof: this.#proof('guest', nonce) });
      for (const act of held) act();
      held = null;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#links.get(node.nodeId) === link) this.#links.delete(node.nodeId);
      this.#lost(node);
      for (const settle of link.waiting.values()) settle({ kind: 'unreached' });
    });
    send({ hello });
    return link;
  }

  #proof(who: 'host' | 'guest', nonce: string): string {
    return createHmac('sha256', this.#secret).update(`${who} ${nonce}`).digest('hex');
  }

  #holds(who: 'host' | 'guest', nonce: string, proof: unknown): boolean {
    const wanted = Buffer.from(this.#proof(who, nonce));
    const given = Buffer.from(typeof proof === 'string' ? proof : '');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}
