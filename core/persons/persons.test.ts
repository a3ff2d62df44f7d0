import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CivilDate } from '../time/civil.ts';
import { expiryFault, isDay, issueFault, passportGoodUntil, untilFault } from './dates.ts';
import { isEmail, tidyEmail } from './emails.ts';
import { identityFaults, isIdentityExpired, isNoNumber, tidyIdentity, type WrittenIdentity } from './identity.ts';
import { isName, nameAndBirthKey, nameKey, tidyName, tidyOptionalName } from './names.ts';
import { documentKey, digitsOf, innFault, ogrnFault, passportFault, snilsFault, uinFault } from './numbers.ts';
import { readPhone } from './phones.ts';
import { tidyText } from './written.ts';

const TODAY = '2026-02-19' as CivilDate;

describe('a name in one form', () => {
  test.each([
    ['Пробелова ', 'Пробелова'],
    ['\u00a0 Анна\u2009\tМария\n', 'Анна Мария'],
    ['Сергеи\u0306', 'Сергей'],
    ['\u202aИва\u200bн\u00adов\u202c\ufeff', 'Иванов'],
    ['Салтыков – Щедрин', 'Салтыков-Щедрин'],
    ['Мамин\u2011Сибиряк', 'Мамин-Сибиряк'],
    ['О`Нил', "О'Нил"],
    ['О\u2019Нил', "О'Нил"],
    ['О\u02bcНил', "О'Нил"],
    ['Ивaнoвa', 'Иванова'],
    ['Pоbеrt', 'Pobert'],
    ['Ёлкина', 'Ёлкина'],
    ['Ngo\u0302 Đình Diệm', 'Ngô Đình Diệm'],
    ['王小明', '王小明'],
    ['კახა', 'კახა'],
  ])('%j is kept as %s', (typed, kept) => {
    expect(tidyName(typed)).toBe(kept);
  });

  test.each([
    ['Ёлкина', 'ЕЛКИНА'],
    ['Салтыков-Щедрин', 'салтыков щедрин'],
    ["О'Нил", 'ОНил'],
    ['Сова', 'COBA'],
    ['José', 'Jose'],
    ['İbrahim', 'ibrahim'],
    ['Łukasz', 'lukasz'],
    ['Сергей', 'Сергеи\u0306'],
  ])('%s and %s are looked for alike', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  test('й is not и, and other people are other people', () => {
    expect(nameKey('Андрей')).not.toBe(nameKey('Андреи'));
    expect(nameKey('Иванов')).not.toBe(nameKey('Иванова'));
    expect(nameKey('Їжак')).not.toBe(nameKey('Іжак'));
  });

  test('one name alone is found wherever it was written, and names in whatever order', () => {
    const key = (names: object) => nameAndBirthKey(names, '1970-01-01');
    expect(key({ name: 'Сукарно' })).toBe(key({ surname: 'Сукарно' }));
    expect(key({ surname: 'Мария', name: 'Иванова' })).toBe(key({ surname: 'Иванова', name: 'Мария' }));
    expect(nameAndBirthKey({ name: 'Сукарно' }, '1970-01-02')).not.toBe(key({ name: 'Сукарно' }));
  });

  test('what is written where there is no patronymic is none', () => {
    for (const none of ['-', '—', ' ', 'нет', 'Отсутствует', 'н/д', '...']) expect(tidyOptionalName(none)).toBe('');
    expect(tidyOptionalName('Али оглы')).toBe('Али оглы');
    expect(['-', '123', '', '...'].filter(isName)).toEqual([]);
  });

  test('the form of a form is itself, and what cannot be seen changes no key', () => {
    const unseen = fc.constantFrom('\u200b', '\u00ad', '\u202a', '\ufeff', '\u2060', '\u200e', '');
    const letter = fc.constantFrom(...'АбвгдЕёжЗийклмнопрстуфхцчшщъыьэюя-’ \u00a0abcXYZ\u0301');
    const word = fc.array(fc.tuple(letter, unseen), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(word, (signs) => {
        const clean = signs.map(([sign]) => sign).join('');
        const dirty = signs.map(([sign, hidden]) => sign + hidden).join('');
        expect(tidyName(dirty)).toBe(tidyName(clean));
        expect(tidyName(tidyName(clean))).toBe(tidyName(clean));
        expect(nameKey(` ${dirty.normalize('NFD')} `)).toBe(nameKey(clean));
        expect(nameKey(tidyName(clean).toUpperCase())).toBe(nameKey(clean));
      }),
    );
  });
});

describe('a telephone number in one form', () => {
  test.each([
    ['8–916–123–45–67', '+79161234567'],
    ['8\u2011916\u2011123\u201145\u221267', '+79161234567'],
    ['\u202a+7\u00a0(916)\u2009123-45-67\u202c', '+79161234567'],
    ['+7\u200b916\u200b1234567', '+79161234567'],
    ['7 916 123 45 67', '+79161234567'],
    ['916.123.45.67', '+79161234567'],
    ['８９１６１２３４５６７', '+79161234567'],
    ['+8 916 123-45-67', '+79161234567'],
    ['тел. 8 (495) 123-45-67', '+74951234567'],
    ['tel:+79161234567', '+79161234567'],
    ['+998 90 123 45 67', '+998901234567'],
    ['998901234567', '+998901234567'],
    ['00 996 555 123 456', '+996555123456'],
    ['8 10 375 29 123 45 67', '+375291234567'],
    ['+7 701 123 45 67', '+77011234567'],
    ['+374 91 123456', '+37491123456'],
    ['+49 1512 3456789', '+4915123456789'],
    ['+84 91 234 56 78', '+84912345678'],
    ['+86 138 0013 8000', '+8613800138000'],
  ])('%j is %s', (typed, phone) => {
    expect(readPhone(typed)).toEqual({ phone });
  });

  test.each([
    ['+7 916 123 45 67 доб. 12', 'extension'],
    ['8 (495) 123-45-67, 104', 'extension'],
    ['+7 495 123 45 67 ext 5', 'extension'],
    ['84951234567#12', 'extension'],
    ['12345', 'no-phone'],
    ['+7 000 000-00-00', 'no-phone'],
    ['+7 123 456-78-90', 'no-phone'],
    ['0000000000', 'no-phone'],
    ['+7 916 123 45', 'no-phone'],
    ['мама', 'no-phone'],
    ['', 'no-phone'],
    ['+', 'no-phone'],
    ['+999 123 456 789', 'no-phone'],
  ])('%j is refused: %s', (typed, fault) => {
    expect(readPhone(typed)).toEqual({ fault });
  });

  test('whatever is typed, the answer is a number of at most fifteen digits or a fault, and a number is its own form', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'+0123456789 ()-–.,x#\u00a0\u200b'), maxLength: 40 }),
        (text) => {
          const read = readPhone(text);
          if ('phone' in read) {
            expect(read.phone).toMatch(/^\+[1-9]\d{6,14}$/);
            expect(readPhone(read.phone)).toEqual(read);
          }
        },
      ),
    );
  });
});

describe('numbers that cannot be anybody’s', () => {
  test.each([
    ['СНИЛС', snilsFault, '000-000-000 00', 'placeholder'],
    ['СНИЛС', snilsFault, '111-111-111 45', 'placeholder'],
    ['СНИЛС', snilsFault, '999 999 999 01', 'placeholder'],
    ['СНИЛС', snilsFault, '123-456-789 64', 'placeholder'],
    ['СНИЛС', snilsFault, '123-456-789 00', 'placeholder'],
    ['СНИЛС without check digits', snilsFault, '001-001-998 77', null],
    ['СНИЛС with check digits', snilsFault, '001-001-999 77', 'checksum'],
    ['СНИЛС', snilsFault, '112–233\u00a0445\u200b 95', null],
    ['ИНН', innFault, '000000000000', 'placeholder'],
    ['ИНН', innFault, '0000000000', 'placeholder'],
    ['ИНН', innFault, '001234567890', 'placeholder'],
    ['паспорт', passportFault, '0000 000000', 'placeholder'],
    ['паспорт', passportFault, '4508 000000', 'placeholder'],
    ['паспорт', passportFault, '1234 567890', 'placeholder'],
    ['паспорт', passportFault, '4444 444444', 'placeholder'],
    ['паспорт of 2011', passportFault, '1111 111111', null],
    ['паспорт', passportFault, '45 08 № 123456', null],
    ['ОГРН', ogrnFault, '0000000000000', 'placeholder'],
    ['УИН', uinFault, '00000000000000000000', 'placeholder'],
  ] as const)('%s', (_what, check, number, fault) => {
    expect(check(number)).toBe(fault);
  });

  test('a number of a document is the same in either alphabet and with every sign between', () => {
    const one = documentKey('II-МЮ 123456');
    for (const same of ['ІІ-MЮ № 123456', 'Ⅱ–МЮ №123456', 'ii мю 123456', ' II\u2011МЮ\u200b123456 ']) {
      expect(documentKey(same)).toBe(one);
    }
    expect(digitsOf('45\u00a008\u200b №123–456')).toBe('4508123456');
    expect(['б/н', '-', '0000', '222222', 'нет'].filter((number) => !isNoNumber(number))).toEqual([]);
    expect(isNoNumber('II-МЮ 123456')).toBe(false);
  });
});

describe('days in order', () => {
  const person = (change: object): WrittenIdentity => ({
    surname: 'Иванова',
    name: 'Мария',
    birth: '1990-05-01' as CivilDate,
    documents: [],
    ...change,
  });
  const faults = (change: object) => identityFaults(person(change), TODAY).map(({ field, fault }) => [field, fault]);
  const passport = (change: object) => ({
    documents: [{ kind: 'passport', number: '45 08 123456', issuedOn: '2020-01-10', ...change }],
  });

  test.each([
    ['born tomorrow', { birth: '2026-02-20' }, ['birth', 'in-future']],
    ['born in 2090', { birth: '2090-01-01' }, ['birth', 'in-future']],
    ['born in 1899', { birth: '1899-12-31' }, ['birth', 'too-early']],
    ['born on no day', { birth: '2025-02-29' }, ['birth', 'no-date']],
    ['issued tomorrow', passport({ issuedOn: '2026-02-20' }), ['documents.0.issuedOn', 'in-future']],
    ['issued before the birth', passport({ issuedOn: '1989-01-01' }), ['documents.0.issuedOn', 'before-birth']],
    ['issued at thirteen', passport({ issuedOn: '2004-04-30' }), ['documents.0.issuedOn', 'before-age']],
    ['run out in 2015', passport({ validUntil: '2021-01-01' }), ['documents.0.validUntil', 'expired']],
    ['ends before it begins', passport({ validUntil: '2019-01-01' }), ['documents.0.validUntil', 'before-issue']],
    ['no name at all', { surname: '', name: '-' }, ['surname', 'no-name']],
    ['a surname of dashes', { surname: '---', name: '123' }, ['surname', 'no-name']],
    ['an extension', { phone: '84951234567 доб. 3' }, ['phone', 'extension']],
    ['no address', { email: 'anna@' }, ['email', 'no-contact']],
  ] as const)('%s', (_what, change, fault) => {
    expect(faults(change)).toEqual([fault]);
  });

  test('what is right is right: today, a single name, the first passport at fourteen', () => {
    expect(faults({ birth: TODAY })).toEqual([]);
    expect(faults({ surname: undefined, name: 'Сукарно' })).toEqual([]);
    expect(faults(passport({ issuedOn: '2004-05-01' }))).toEqual([]);
    expect(faults(passport({ validUntil: TODAY }))).toEqual([]);
  });

  test('a document that is known already may run out', () => {
    const known = passport({ validUntil: '2025-01-01' });
    expect(identityFaults(person(known), TODAY, person(known).documents)).toEqual([]);
  });

  test.each([
    ['1990-05-01', '2008-01-01', '2010-07-30'],
    ['1990-05-01', '2010-05-01', '2035-07-30'],
    ['2004-02-29', '2018-03-05', '2024-05-29'],
    ['1970-01-01', '2015-02-01', '2199-12-31'],
  ] as const)('a passport of a person born on %s, given on %s, is valid until %s', (birth, issuedOn, until) => {
    expect(passportGoodUntil(birth, issuedOn as CivilDate)).toBe(until);
    const document = { kind: 'passport', issuedOn };
    expect(expiryFault(document, birth, until as CivilDate)).toBe(null);
  });

  test('of several documents one that is in force is enough; without any nothing has run out', () => {
    const old = { kind: 'passport', number: '1', issuedOn: '2006-01-01' as CivilDate };
    const foreign = { kind: 'foreign-passport', number: '2', issuedOn: '2020-01-01' as CivilDate };
    const of = (documents: readonly (typeof old)[]) => isIdentityExpired({ ...person({}), documents }, TODAY);
    expect([of([old]), of([old, foreign]), of([])]).toEqual([true, false, false]);
  });

  test('days are compared, never guessed: no fault without a reason in the calendar', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    const iso = (at: Date) => at.toISOString().slice(0, 10) as CivilDate;
    fc.assert(
      fc.property(day, day, day, (born, issued, now) => {
        const fault = issueFault({ kind: 'visa', issuedOn: iso(issued) }, iso(born), iso(now));
        expect(fault).toBe(iso(issued) > iso(now) ? 'in-future' : iso(issued) < iso(born) ? 'before-birth' : null);
        expect(untilFault(iso(issued), iso(now))).toBe(iso(issued) < iso(now) ? 'expired' : null);
        expect(isDay(iso(born))).toBe(true);
      }),
    );
  });

  test('an identity is kept in its normal form, and that form is its own', () => {
    const typed = person({
      surname: ' Ивaнова\u200b',
      name: '-',
      patronymic: 'нет',
      snils: '112–233–445 95',
      phone: '8–916–123–45–67',
      email: ' mailto:Anna@example.org',
      documents: [{ kind: 'passport', number: '45\u00a008 № 123456', issuedOn: '2020-01-10' as CivilDate }],
    });
    const kept = tidyIdentity(typed);
    expect(kept).toEqual({
      surname: 'Иванова',
      birth: '1990-05-01',
      snils: '11223344595',
      phone: '+79161234567',
      email: 'Anna@example.org',
      documents: [{ kind: 'passport', number: '4508123456', issuedOn: '2020-01-10' }],
    });
    expect(tidyIdentity(kept)).toEqual(kept);
  });
});

test('an address for letters is what is left without spaces and signs that cannot be seen', () => {
  expect(tidyEmail(' anna@exam\u00adple.org\u200b ')).toBe('anna@example.org');
  expect(tidyEmail('mailto:анна@пример.рф')).toBe('анна@пример.рф');
  expect(['a@b', '@b.ru', 'a b@c.ru', 'a@b.ru,c@d.ru'].filter(isEmail)).toEqual([]);
  expect(tidyText('a\u0000b\u001b[31m')).toBe('ab[31m');
});
