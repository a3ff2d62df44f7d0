import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { Passport } from '../../contract/catalogue.ts';
import { PackageTemplate as TemplateSchema } from '../../contract/packages.ts';
import type { FormField } from '../../core/applications/form.ts';
import { fieldsToType, packageFaults, type PackageTemplate } from '../../core/applications/package.ts';
import { passportFaults } from '../../core/catalogue/faults.ts';
import { productionCalendar } from '../../core/terms/calendar.ts';
import { RUSSIAN_YEARS } from '../../core/terms/calendar-years.ts';
import { termDays } from '../../core/terms/term.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import { STANDARD_PACKAGES } from './packages.ts';
import { STANDARD_PASSPORTS } from './standard.ts';

const byId = new Map(STANDARD_PASSPORTS.map(({ serviceId, passport }) => [serviceId, passport]));
const calendar = productionCalendar(RUSSIAN_YEARS);

describe('the standard passports', () => {
  test('are the 38 services of the press and of centres, and business, each once', () => {
    expect(byId.size).toBe(STANDARD_PASSPORTS.length);
    expect(byId.size).toBeGreaterThanOrEqual(39);
    expect(byId.has('entrepreneur')).toBe(true);
  });

  test.each(STANDARD_PASSPORTS.map(({ serviceId, passport }) => [serviceId, passport] as const))(
    '%s is complete',
    (_, passport) => {
      const check = Compile(Passport);
      expect([...check.Errors(passport)]).toEqual([]);
      expect(passportFaults(passport.variants)).toEqual([]);
      for (const {
        form = [],
        evidence,
        acceptanceRefusals,
        suspensions,
        refusals,
        term,
        results,
      } of passport.variants) {
        expect(new Set(form.map(({ name }) => name)).size).toBe(form.length);
        expect(evidence.length).toBeGreaterThan(0);
        for (const grounds of [acceptanceRefusals, suspensions, refusals]) expect(grounds.length).toBeGreaterThan(0);
        expect(results.map(({ positive }) => positive)).toEqual([true, false]);
        const registered = '2026-02-19' as CivilDate;
        expect(term && termDays(calendar, term, { registered }).lastDay >= registered).toBe(true);
      }
      const facts = passport.sources?.map(({ of }) => of);
      expect(facts).toEqual(['name', 'documents', 'term', 'fee', 'result', 'place', 'grounds']);
    },
  );
});

describe('the standard packages', () => {
  test.each(STANDARD_PACKAGES)('$templateId hangs together', ({ template }) => {
    expect([...Compile(TemplateSchema).Errors(template)]).toEqual([]);
    const formOf = (serviceId: string, variant: string) => {
      const known = byId.get(serviceId)?.variants.find(({ code }) => code === variant);
      return known === undefined ? null : ((known.form ?? []) as readonly FormField[]);
    };
    expect(packageFaults(template as PackageTemplate, formOf)).toEqual([]);
    for (const { serviceId, variant, needs } of template.steps) {
      const kinds = byId
        .get(serviceId)
        ?.variants.find(({ code }) => code === variant)
        ?.evidence.map(({ kind }) => kind);
      for (const { evidence } of needs)
        if (evidence !== null && evidence !== 'ownership') expect(kinds).toContain(evidence);
    }
  });

  test('a newborn takes at most twelve fields when one parent is known', () => {
    const newborn = STANDARD_PACKAGES.find(({ templateId }) => templateId === 'newborn')?.template;
    const forms =
      newborn?.steps.map(
        ({ serviceId, variant }) => byId.get(serviceId)?.variants.find(({ code }) => code === variant)?.form ?? [],
      ) ?? [];
    const parent = [
      'surname',
      'name',
      'fullName',
      'birth',
      'birthPlace',
      'passport',
      'snils',
      'address',
      'phone',
      'email',
    ];
    const known = Object.fromEntries(parent.map((name) => [`person.${name}`, 'есть']));
    const typed = fieldsToType(forms, known, {}).map(({ name }) => name);
    expect(typed).toHaveLength(new Set(typed).size);
    expect(typed.length).toBeLessThanOrEqual(12);
    expect(typed).toEqual([
      'childName',
      'childBirth',
      'childSex',
      'childBirthPlace',
      'childRecord',
      'account',
      'bic',
      'members',
    ]);
  });
});
