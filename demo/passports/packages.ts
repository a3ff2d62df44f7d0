import type { PackageTemplateBody } from '../../contract/packages.ts';
import { ACCOUNT, CADASTRE, CHILD, CHILD_RECORD, HOME } from './asked-for.ts';
import { field, say } from './make.ts';

type Step = PackageTemplateBody['steps'][number];

interface Wanted {
  readonly needs?: Step['needs'];
  readonly variant?: string;
  readonly usual?: boolean;
  readonly when?: Step['when'];
}

function step(stepId: string, serviceId: string, ru: string, en: string, wanted: Wanted = {}): Step {
  const { needs = [], variant = 'usual', usual = true, when } = wanted;
  return { stepId, serviceId, variant, name: say(ru, en), usual, needs, ...(when === undefined ? {} : { when }) };
}

const after = (name: string, evidence: string | null = null, facts: readonly string[] = []) => ({
  step: name,
  evidence,
  facts: [...facts],
});

/** With the certificate; some forms ask for the number of its record, others do not. */
const BORN = after('birth', 'birth-certificate');
const RECORDED = after('birth', 'birth-certificate', ['child.record']);
const THIRD = { field: 'manyChildren', is: ['yes'] };

/** A child is born: the registration of the birth unlocks everything else. */
const NEWBORN: PackageTemplateBody = {
  name: say('Рождение ребёнка', 'A child is born'),
  facts: [
    ...CHILD,
    CHILD_RECORD,
    ...ACCOUNT,
    field('manyChildren', 'Это третий ребёнок или больше', 'The third child or more', {
      kind: 'yes-no',
      fact: 'family.many',
    }),
  ],
  steps: [
    step('birth', 'birth-registration', 'Регистрация рождения', 'Registration of the birth'),
    step('residence', 'newborn-residence', 'Регистрация по месту жительства', 'Residence', { needs: [RECORDED] }),
    step('snils', 'snils', 'СНИЛС ребёнка', 'The child’s insurance number', { needs: [BORN], variant: 'child' }),
    step('policy', 'oms-policy', 'Полис ОМС', 'Medical policy', { needs: [BORN, after('snils')], variant: 'child' }),
    step('capital', 'maternity-capital', 'Материнский капитал', 'Maternity capital', { needs: [RECORDED] }),
    step('payment', 'birth-payment', 'Единовременное пособие', 'Payment at birth', { needs: [RECORDED] }),
    step('benefit', 'unified-benefit', 'Единое пособие', 'Unified benefit', {
      needs: [RECORDED, after('residence')],
      usual: false,
    }),
    step('city', 'city-newborn', 'Городские выплаты и набор', 'City payments and gift', { needs: [BORN] }),
    step('large', 'large-family', 'Удостоверение многодетной семьи', 'Large family', {
      needs: [BORN, after('residence')],
      usual: false,
      when: THIRD,
    }),
    step('card', 'social-card', 'Карта многодетной семьи', 'Card of a large family', {
      needs: [after('large')],
      usual: false,
      when: THIRD,
    }),
    step('subsidy', 'subsidy', 'Пересчёт субсидии', 'New calculation of the subsidy', {
      needs: [after('residence')],
      usual: false,
    }),
  ],
};

const OWNED = after('property', 'ownership', []);
const CERTIFIED = { field: 'certificate', is: ['yes'] };

/** An inheritance: what goes at once, and what needs the new entry in the registry. */
const INHERITANCE: PackageTemplateBody = {
  name: say('Оформление наследства', 'An inheritance'),
  facts: [
    field('deceased', 'ФИО умершего', 'Full name of the deceased', { fact: 'deceased.fullName' }),
    field('died', 'Дата смерти', 'Date of death', { kind: 'date', fact: 'deceased.died' }),
    HOME,
    CADASTRE,
    ...ACCOUNT,
    field('certificate', 'Свидетельство о праве на наследство уже есть', 'The certificate of inheritance is there', {
      kind: 'yes-no',
      fact: 'inheritance.certificate',
    }),
  ],
  steps: [
    step('record', 'housing-record', 'Справки о жилье для нотариуса', 'Housing records for the notary', {
      usual: false,
    }),
    step('facts', 'property-extract', 'Сведения о недвижимости для нотариуса', 'Registry information for the notary', {
      usual: false,
    }),
    step('property', 'property', 'Переход права на недвижимость', 'Transfer of the property', {
      variant: 'inheritance',
      when: CERTIFIED,
    }),
    step('vehicle', 'vehicle-registration', 'Регистрация машины', 'The car', {
      usual: false,
      when: CERTIFIED,
    }),
    step('funeral', 'funeral-benefit', 'Пособие на погребение', 'Funeral benefit'),
    step('removal', 'deceased-deregistration', 'Снятие с регистрационного учёта', 'Removal from the register'),
    step('extract', 'property-extract', 'Выписка о недвижимости', 'Registry extract', {
      needs: [OWNED],
      when: CERTIFIED,
    }),
    step('account', 'utility-account', 'Лицевой счёт', 'Utility account', { needs: [OWNED], when: CERTIFIED }),
    step('subsidy', 'subsidy', 'Субсидия и льготы', 'Subsidy', { needs: [OWNED], usual: false, when: CERTIFIED }),
    step('residence', 'registration', 'Регистрация по месту жительства', 'Residence', {
      needs: [OWNED],
      usual: false,
      when: CERTIFIED,
    }),
  ],
};

/** With the new passport: some services ask for it by that name, others simply for the passport. */
const NEW_FACTS = ['person.fullName', 'person.passport'];
const RENAMED = after('passport', 'new-passport', NEW_FACTS);
const KNOWN_ANEW = after('passport', 'passport', NEW_FACTS);

/** A new surname: nothing is applied for with the old passport. */
const SURNAME: PackageTemplateBody = {
  name: say('Смена фамилии', 'A new surname'),
  facts: [field('newName', 'Новые ФИО', 'The new full name', { fact: 'person.newFullName' }), HOME, CADASTRE],
  steps: [
    step('name', 'name-change', 'Перемена имени', 'Change of name', { usual: false }),
    step('passport', 'passport', 'Паспорт', 'Passport', { variant: 'new-name', needs: [after('name', 'name-basis')] }),
    step('snils', 'snils-change', 'СНИЛС', 'Insurance number', { needs: [after('passport', 'new-passport')] }),
    step('policy', 'oms-policy', 'Полис ОМС', 'Medical policy', { needs: [KNOWN_ANEW] }),
    step('travel', 'foreign-passport', 'Загранпаспорт', 'Passport for travel', {
      variant: 'new-name',
      needs: [RENAMED],
      usual: false,
    }),
    step('licence', 'driving-licence', 'Водительское удостоверение', 'Driving licence', {
      variant: 'new-name',
      needs: [RENAMED],
    }),
    step('vehicle', 'vehicle-registration', 'Свидетельство на машину', 'The car’s certificate', {
      needs: [KNOWN_ANEW],
      usual: false,
    }),
    step('property', 'property', 'Данные в реестре недвижимости', 'Property registry', {
      variant: 'new-name',
      needs: [KNOWN_ANEW],
      usual: false,
    }),
    step('card', 'social-card', 'Карта москвича', 'City card', { needs: [KNOWN_ANEW], usual: false }),
    step('esia', 'esia', 'Госуслуги', 'State portal', { variant: 'new-name', needs: [RENAMED] }),
    step('account', 'utility-account', 'Лицевой счёт', 'Utility account', { needs: [KNOWN_ANEW], usual: false }),
  ],
};

/** The packages that come along. */
export const STANDARD_PACKAGES: readonly { readonly templateId: string; readonly template: PackageTemplateBody }[] = [
  { templateId: 'newborn', template: NEWBORN },
  { templateId: 'inheritance', template: INHERITANCE },
  { templateId: 'surname', template: SURNAME },
];
