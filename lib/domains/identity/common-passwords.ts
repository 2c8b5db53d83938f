/**
 * The head of every list of leaked passwords, of ten characters and more (shorter ones are refused
 * anyway), reduced to letters and digits in lower case.
 */
export const commonPasswords: ReadonlySet<string> = new Set([
  ...['1234567890', '0123456789', '9876543210', '0987654321', '12345678901', '123456789012'],
  ...['1234567890123', '1q2w3e4r5t6y', '1qaz2wsx3edc', 'qwertyuiop', 'qwerty1234', 'qwerty12345'],
  ...[
    'qwerty123456',
    'qwertyuiop123',
    'qwertyuiopasdfghjkl',
    'asdfghjkl',
    'asdfghjkl1',
    'zxcvbnm123',
  ],
  ...['zaq12wsxcde3', 'q1w2e3r4t5', 'q1w2e3r4t5y6', 'a123456789', 'abc1234567', 'abcd123456'],
  ...[
    'abcdefghij',
    'abcdefghijklmnop',
    'password12',
    'password123',
    'password1234',
    'password12345',
  ],
  ...[
    'password123456',
    'passwordpassword',
    'mypassword',
    'mypassword1',
    'newpassword',
    'newpassword1',
  ],
  ...['thepassword', 'yourpassword', 'p4ssw0rd123', 'passw0rd123', 'passw0rd12', 'pa55word123'],
  ...['letmein123', 'letmeinplease', 'letmein1234', 'iloveyou123', 'iloveyou12', 'iloveyou1234'],
  ...['iloveyou2', 'sunshine123', 'princess123', 'football123', 'baseball123', 'basketball'],
  ...['basketball1', 'superman123', 'batman1234', 'dragon12345', 'monkey12345', 'master12345'],
  ...['shadow12345', 'michael123', 'jennifer123', 'charlie123', 'jordan12345', 'welcome123'],
  ...[
    'welcome1234',
    'welcome12345',
    'admin12345',
    'admin123456',
    'administrator',
    'administrator1',
  ],
  ...['changeme123', 'changemenow', 'changeme1234', 'default123', 'secret12345', 'secretpassword'],
  ...['trustno1trustno1', 'starwars123', 'pokemon123', 'liverpool1', 'liverpool123', 'chelsea123'],
  ...['manchester', 'manchester1', 'manchesterunited', 'computer123', 'internet123', 'samsung123'],
  ...[
    'google12345',
    'facebook123',
    'christopher',
    'alexander1',
    'elizabeth1',
    'correcthorsebatterystaple',
  ],
  ...['qazwsxedcrfv', 'qazwsxedc123', '1234qwerasdf', 'asdf1234asdf', 'qwer1234qwer', 'aaaaaaaaaa'],
  ...['bitcoin123', 'trading123', 'trader1234', 'neozork123', 'neozorkneozork', 'crypto12345'],
]);
