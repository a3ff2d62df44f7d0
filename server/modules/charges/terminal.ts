/** The outcome of a payment at a terminal. */
export type TerminalAnswer =
  | { readonly outcome: 'approved'; readonly paymentId: string }
  | { readonly outcome: 'declined' | 'no-answer' };

/** A terminal for cards. The same command gives the same payment, however often it is asked. */
export interface Terminal {
  pay(commandId: string, uin: string, amount: number): Promise<TerminalAnswer>;
}

/** The last two digits of an amount in roubles that a card is declined for, and that nothing is heard of. */
const DECLINED = 13;
const NO_ANSWER = 14;
const KOPECKS = 100;

/** A terminal for training and tests: it approves, but declines whole roubles that end in 13 and keeps silent on those that end in 14. */
export const simulatedTerminal: Terminal = {
  pay: async (commandId, _uin, amount) => {
    const ending = Math.floor(amount / KOPECKS) % 100;
    if (ending === DECLINED) return { outcome: 'declined' };
    return ending === NO_ANSWER
      ? { outcome: 'no-answer' }
      : { outcome: 'approved', paymentId: `terminal-${commandId}` };
  },
};
