import { describe, expect, test } from 'vitest';
import { barcodeOf, isAtCentre, type PaperPlace, type PaperStanding, papersInTheWay } from './papers.ts';

// Published codes of the same rule (GTIN-12, GS1 General Specifications, section 7.9): the eleven digits and the check digit.
test.each([
  [3_600_029_145, '036000291452'],
  [1_234_567_890, '012345678905'],
  [4_210_000_526, '042100005264'],
  [0, '000000000000'],
])('the barcode of paper %i is %s', (number, barcode) => expect(barcodeOf(number)).toBe(barcode));

describe('papers that hold a move up', () => {
  const paper = (place: PaperPlace, centreId: number | null, form: PaperStanding['form'] = 'original') => ({
    barcode: `${place}-${centreId}-${form}`,
    form,
    place,
    centreId,
  });

  test('a paper is at a centre in its rooms or on its shelf, and at no other', () => {
    const places: PaperPlace[] = ['centre', 'shelf', 'manifest', 'agency', 'applicant', 'destroyed', 'missing'];
    expect(places.filter((place) => isAtCentre({ place, centreId: 1 }, 1))).toEqual(['centre', 'shelf']);
    expect(places.filter((place) => isAtCentre({ place, centreId: 2 }, 1))).toEqual([]);
  });

  test('what is given back is what is left of it at this centre: a lost paper, or one in the applicant’s hands, is not waited for', () => {
    const papers = [
      paper('centre', 1),
      paper('missing', null),
      paper('applicant', null),
      paper('destroyed', null),
      paper('agency', null),
      paper('shelf', 2),
    ];
    expect(papersInTheWay('give-papers-back', papers, 1)).toEqual([papers[4], papers[5]]);
  });

  test('a result is issued only where it is; a lost one is not, and other papers do not matter', () => {
    const result = (place: PaperPlace, centreId: number | null = null) => paper(place, centreId, 'result');
    const held = (one: PaperStanding) => papersInTheWay('issue', [one, paper('agency', null)], 1).length;
    expect([result('shelf', 1), result('shelf', 2), result('missing'), result('manifest')].map(held)).toEqual([
      0, 1, 1, 1,
    ]);
    expect(papersInTheWay('send-result', [result('manifest')], 1)).toEqual([]);
    expect(papersInTheWay('send-result', [result('shelf', 1)], 1)).toHaveLength(1);
    expect(papersInTheWay('register', [result('missing')], 1)).toEqual([]);
  });
});
