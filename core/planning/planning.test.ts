import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangA, erlangB, erlangC, leastWindows, meanWaitMinutes, shareWaitingOver } from './erlang.ts';
import { lognormalParameters, normalDistribution } from './normal.ts';
import { halfinWhittBeta, halfinWhittWait, priorityWaits, squareRootRule, windowsByBreachPrice } from './staffing.ts';
import { after, exactly, isa, offeredLoad, summary } from './transient.ts';
import { breachProbability, expectedCallMinutes, overbook, reserveWindows, waitAhead } from './waiting.ts';

/** Exact values were computed elsewhere to 40 digits and by a second way. */
const NINE_DIGITS = 1e-9;
const SIX_DIGITS = 1e-6;

function expectClose(value: number, exact: number, relative = NINE_DIGITS): void {
  expect(Math.abs(value - exact) / Math.abs(exact), `${value} is not ${exact}`).toBeLessThan(relative);
}

describe('Erlang', () => {
  const vectors: [
    perHour: number,
    windows: number,
    b: number,
    c: number,
    wait: number,
    over15: number,
    over3: number,
  ][] = [
    [60, 13, 0.154900754373, 0.704387655798, 8.45265186957, 0.201810442235, 0.548577657921],
    [60, 15, 0.0857292494953, 0.319190425113, 1.27676170045, 0.00750663929747, 0.150774880778],
    [120, 26, 0.102174958472, 0.596682430029, 3.58009458017, 0.0489786764478, 0.361906187924],
    [120, 30, 0.0401206865794, 0.172862055497, 0.345724110994, 9.56073010869e-5, 0.0385707381266],
    [20, 9, 0.013339673152, 0.0237578738559, 0.0570188972542, 4.58634858531e-5, 0.00680674482291],
    [400, 84, 0.0565095558023, 0.557086480602, 1.67125944181, 0.0037536191802, 0.204940663168],
  ];
  test.each(vectors)('%d an hour at %d windows of 12 minutes', (perHour, windows, b, c, wait, over15, over3) => {
    const load = perHour / 5;
    const hall = { load, windows, serviceMinutes: 12 };
    expectClose(erlangB(load, windows), b, 1e-10);
    expectClose(erlangC(load, windows), c, 1e-10);
    expectClose(meanWaitMinutes(hall), wait);
    expectClose(shareWaitingOver(hall, 15), over15);
    expectClose(shareWaitingOver(hall, 3), over3);
  });

  test('a service that varies less makes people wait less (Allen and Cunneen)', () => {
    const hall = { load: 12, windows: 13, serviceMinutes: 12, cs2: 0.64 };
    expectClose(meanWaitMinutes(hall), 6.93117453305);
    expectClose(shareWaitingOver(hall, 15), 0.15338308386);
  });

  test('impatience (Erlang A)', () => {
    const first = erlangA(1, 12, 13, 30);
    expectClose(first.pWait, 0.502640151815);
    expectClose(first.pAbandon, 0.0568727670826);
    expectClose(first.meanWaitMinutes, 1.70618301248);
    const second = erlangA(2, 12, 24, 45);
    expectClose(second.pWait, 0.677392173928);
    expectClose(second.pAbandon, 0.0553666602202);
    expectClose(second.meanWaitMinutes, 2.49149970991);
  });

  test('an overloaded hall waits for ever', () => {
    expect(meanWaitMinutes({ load: 12, windows: 12, serviceMinutes: 12 })).toBe(Infinity);
    expect(shareWaitingOver({ load: 12, windows: 11, serviceMinutes: 12 }, 15)).toBe(1);
  });

  const least: [perHour: number, mean3: number, one2000: number, waitThen: number][] = [
    [10, 4, 6, 0.0540540540541],
    [20, 6, 8, 0.177131984086],
    [30, 8, 11, 0.118132738408],
    [60, 14, 17, 0.3039122308],
    [120, 27, 29, 0.581457563217],
  ];
  test.each(least)(
    '%d an hour need %d windows for a mean of 3 minutes and %d for 1 in 2,000',
    (perHour, mean3, one2000, waitThen) => {
      const hall = (windows: number) => ({ load: perHour / 5, windows, serviceMinutes: 12 });
      expect(leastWindows(perHour / 5, (windows) => meanWaitMinutes(hall(windows)) <= 3)).toBe(mean3);
      const needed = leastWindows(perHour / 5, (windows) => shareWaitingOver(hall(windows), 15) <= 1 / 2000);
      expect(needed).toBe(one2000);
      expectClose(meanWaitMinutes(hall(needed)), waitThen);
    },
  );

  test('more windows never make anybody wait longer', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 200, noNaN: true }), fc.integer({ min: 1, max: 250 }), (load, windows) => {
        const wait = (count: number) => meanWaitMinutes({ load, windows: count, serviceMinutes: 12 });
        expect(wait(windows + 1)).toBeLessThanOrEqual(wait(windows));
        expect(erlangB(load, windows)).toBeLessThanOrEqual(erlangC(load, windows));
      }),
    );
  });
});

describe('staffing', () => {
  test('the limit of large halls, and back', () => {
    for (const [beta, wait] of [
      [0.25, 0.720932113403],
      [0.5, 0.504538640998],
      [1, 0.223361274798],
      [1.5, 0.0846903944939],
      [2, 0.0268813624294],
    ] as const) {
      expectClose(halfinWhittWait(beta), wait);
    }
    for (const [share, beta] of [
      [0.5, 0.506054468989],
      [0.2, 1.06151627542],
      [0.05, 1.73983627179],
    ] as const)
      expectClose(halfinWhittBeta(share), beta);
  });

  test('the square-root rule', () => {
    expect([4, 12, 24, 80, 1500].map((load) => squareRootRule(load))).toEqual([6, 16, 29, 89, 1539]);
  });

  test('by the price of a breach: dearer breaches, more windows', () => {
    const hall = { load: 12, serviceMinutes: 12, cs2: 0.7 };
    const counts = [0.01, 1, 13, 1000].map((theta) => windowsByBreachPrice(hall, theta));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[3]).toBeGreaterThan(counts[0] as number);
  });

  test('classes by rank', () => {
    const waits = priorityWaits([0.2, 0.8], 12, 13, erlangC(12, 13));
    expectClose(waits[0] as number, 0.797419987696);
    expectClose(waits[1] as number, 10.36645984, 1e-8);
  });

  test('one hall beats two and four (pooling)', () => {
    const wait = (load: number, windows: number) => meanWaitMinutes({ load, windows, serviceMinutes: 12 });
    expectClose(wait(12, 16), 0.613721575307);
    expectClose(wait(6, 8), 2.14188651527);
    expectClose(wait(3, 4), 6.11320754717);
  });
});

describe('in time', () => {
  test('a hall on its way to the steady state', () => {
    const vectors = [
      [60, 13, 0, 30, 11.440326124, 0.34225011, 0.933893726],
      [60, 13, 20, 30, 18.292359478, 0.774910467, 5.99086683],
      [120, 26, 40, 15, 37.562563476, 0.938396018, 11.762882507],
    ] as const;
    for (const [perHour, windows, from, minutes, mean, busy, waiting] of vectors) {
      const found = summary(after(exactly(from, 300), minutes, perHour / 60, 12, windows), windows);
      expectClose(found.mean, mean, SIX_DIGITS);
      expectClose(found.pBusy, busy, SIX_DIGITS);
      expectClose(found.meanWaiting, waiting, SIX_DIGITS);
    }
  });

  test('the offered load follows the arrivals with a delay', () => {
    const arrivals = [20, 40, 60, 50];
    const exponential = [
      [30, 3.6716600055],
      [60, 7.64470821751],
      [75, 10.7521880126],
      [90, 11.64249588],
      [120, 10.1348242721],
    ] as const;
    for (const [minute, load] of exponential) expectClose(offeredLoad(arrivals, 12, null, minute), load);
    const lognormal = [
      [30, 3.8070769372],
      [60, 7.78440754706],
      [75, 11.1337468205],
      [90, 11.779940778],
      [120, 10.0681410276],
    ] as const;
    for (const [minute, load] of lognormal) expectClose(offeredLoad(arrivals, 12, 0.8, minute), load);
    expectClose(offeredLoad([60], 12, null, 12), 7.58544670594);
  });

  test('the iterative staffing algorithm', () => {
    const { windows, iterations, pWait } = isa([20, 40, 60, 50, 30], 12, 0.3);
    expect(windows).toEqual([6, 10, 15, 15, 13]);
    expect(iterations).toBe(3);
    [0.180437, 0.274177, 0.231348, 0.231348, 0.249859].forEach((exact, index) =>
      expect(pWait[index]).toBeCloseTo(exact, 5),
    );
  });

  test('a lognormal by its mean and spread', () => {
    for (const [mean, spread, mu, sigma] of [
      [12, 0.8, 2.23755852887, 0.703346459319],
      [5, 0.8, 1.36208979152, 0.703346459319],
      [20, 0.6, 2.84198992368, 0.554513029376],
    ] as const) {
      const found = lognormalParameters(mean, spread);
      expectClose(found.mu, mu);
      expectClose(found.sigma, sigma);
    }
  });

  test('the normal distribution, also far out', () => {
    expectClose(normalDistribution(1.96), 0.9750021048517795, 1e-14);
    expectClose(normalDistribution(-8), 6.22096057427178e-16, 1e-10);
    expect(normalDistribution(0)).toBe(0.5);
  });
});

describe('one visitor', () => {
  test('the wait behind others', () => {
    for (const [ahead, windows, mean, over, q50, q90] of [
      [0, 5, 2.4, 0.00193045413623, 1.663553233, 5.526204223],
      [4, 5, 12, 0.252985323309, 11.210181319, 19.184615007],
      [9, 10, 12, 0.201431104946, 11.602457538, 17.047188351],
      [30, 20, 18.6, 0.863308869153, 18.400386833, 22.989062401],
    ] as const) {
      const found = waitAhead(ahead, windows, 12);
      expectClose(found.meanMinutes, mean);
      expectClose(found.pOver, over);
      expectClose(found.q50Minutes, q50);
      expectClose(found.q90Minutes, q90);
    }
  });

  test('the call expected from the plan', () => {
    expect(
      expectedCallMinutes(11, 12, [
        { fromMinute: 0, windows: 4 },
        { fromMinute: 30, windows: 8 },
      ]),
    ).toBe(33);
    expect(expectedCallMinutes(11, 12, [{ fromMinute: 0, windows: 6 }])).toBe(24);
    expect(expectedCallMinutes(11, 12, [{ fromMinute: 0, windows: 0 }])).toBe(Infinity);
  });

  test('the probability of a breach', () => {
    expect(breachProbability(15, 3)).toBe(0.5);
    expect([breachProbability(14, 0), breachProbability(16, 0)]).toEqual([0, 1]);
  });

  test('reserve windows', () => {
    expect([reserveWindows(10, 12, 12, 7), reserveWindows(20, 12, 12, 7), reserveWindows(3, 12, 12, 7)]).toEqual([
      6, 23, 0,
    ]);
  });

  test('overbooking', () => {
    const first = overbook(10, 0.85, 1, 2);
    expect(first.book).toBe(11);
    expectClose(first.cost, 1.152029731);
    expectClose(first.pOver, 0.167343244, 1e-8);
    const second = overbook(8, 0.8, 1, 1);
    expect(second.book).toBe(10);
    expectClose(second.cost, 0.966367642);
    expectClose(second.pOver, 0.375809638, 1e-8);
    expect(overbook(5, 1, 1, 1)).toEqual({ book: 5, cost: 0, pOver: 0 });
  });
});
