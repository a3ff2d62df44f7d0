export const ru = {
  ribbonDemo: 'Демонстрация: город, часы и посетители ненастоящие',
  ribbonLabel: 'Ненастоящие часы',
  ribbonReplay: 'Проигрывание записанного дня: часы ненастоящие',
  noConnectionSince: (time: string) => `Нет связи с ${time}`,
  connecting: 'Соединяемся…',
  search: 'Найти',
  rows: 'строки',
  remove: 'Убрать',
  addRow: 'Добавить строку',
  save: 'Записать всё',
  saved: 'Записано.',
  found: (found: number, all: number) => (found === all ? `Строк: ${all}` : `Найдено ${found} из ${all}`),
};
