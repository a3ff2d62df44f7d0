/** The place in an address: a number as a number, anything else in quotation marks. */
const called = (named: string) => (/^\d+$/.test(named) ? `№ ${named}` : `«${named}»`);

export const ru = {
  ribbonDemo: 'Демонстрация: город, часы и посетители ненастоящие',
  ribbonLabel: 'Ненастоящие часы',
  ribbonReplay: 'Проигрывание записанного дня: часы ненастоящие',
  brokenTitle: 'Эту часть экрана не удалось показать',
  broken:
    'Ошибка записана. Обновите страницу. Если не помогло, вернитесь назад и попробуйте ещё раз. То, что было сохранено, не пропало.',
  noSuchPlace: {
    centre: (named: string) => (named === '' ? 'В адресе не назван центр' : `Центра ${called(named)} нет`),
    window: (named: string) => (named === '' ? 'В адресе не названо окно' : `Окна ${called(named)} нет`),
  },
  lookAtAddress: 'Проверьте адрес этой страницы: в нём номер центра, а у экрана окна — ещё и номер окна.',
  reload: 'Обновить',
  goBack: 'Назад',
  noConnectionSince: (time: string) => `Нет связи с ${time}`,
  connecting: 'Соединяемся…',
  loading: 'Загружаем…',
  askAgain: 'Попробовать ещё раз',
  search: 'Найти',
  rows: 'строки',
  remove: 'Убрать',
  addRow: 'Добавить строку',
  save: 'Записать всё',
  saved: 'Записано.',
  found: (found: number, all: number) => (found === all ? `Строк: ${all}` : `Найдено ${found} из ${all}`),
  largePrint: 'Крупно',
  highContrast: 'Контрастно',
  rateQuestion: 'Как вас приняли?',
  marks: ['плохо', 'неважно', 'нормально', 'хорошо', 'отлично'],
  unpaired: 'Это устройство ещё не подключено. Подключить',
};
