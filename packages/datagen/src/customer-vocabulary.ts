export const firstNames: readonly string[] = [
  ...['Emma', 'Liam', 'Olivia', 'Noah', 'Ava', 'Mia', 'Ethan', 'Lucas', 'Sophia', 'James', 'Grace', 'Henry', 'Chloé'],
  ...['José', 'María', 'Łukasz', 'Zoë', 'Søren', 'Jürgen', 'Ingrid', 'Aisha', 'Omar', 'Priya', 'Arjun', 'Wei', 'Mei'],
  ...['Yuki', 'Haruto', 'Fatima', 'Kwame', 'Amara', 'Diego', 'Lucía', 'Anna', 'Elif', 'Mateusz', 'Nina', 'Ruth'],
];

export const lastNames: readonly string[] = [
  ...['Smith', 'Johnson', 'Brown', 'Garcia', 'Miller', 'Davis', 'Martinez', 'Wilson', 'Anderson', 'Taylor', 'Moore'],
  ...['Müller', 'Schmidt', 'Weiß', 'Dubois', 'Lefèvre', 'Rossi', 'Bianchi', 'Kowalski', 'Nowak', 'Jørgensen', 'Novák'],
  ...["O'Neil", 'MacDonald', 'van der Berg', 'Smith, Jr.', 'Peña', 'Núñez', 'Yılmaz', 'Haddad', 'Okafor', 'Mensah'],
  ...['Patel', 'Singh', 'Nguyen', 'Tran', 'Chen', 'Wang', 'Kim', 'Tanaka', 'Sato', 'Silva', 'Costa', 'Ivanov'],
];
