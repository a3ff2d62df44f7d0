/** Does pieces of work with the same name one after another, in the order of asking; others at the same time. */
export type SerialQueue = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function openSerialQueue(): SerialQueue {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = last.get(name);
    const turn = before === undefined ? work() : before.then(work, work);
    last.set(name, turn);
    const leave = () => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(leave, leave);
    return turn;
  };
}
