export { type Forms, plural } from '../../core/language/plural.ts';
