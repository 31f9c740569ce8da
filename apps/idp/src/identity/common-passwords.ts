/**
 * Words and sayings that common passwords are made of. A passphrase may contain them; one that consists of little else is
 * refused. A saying is one entry.
 */
export const COMMON_WORDS: readonly string[] = [
  ...words(`password passwort passwd passw passphrase passcode motdepasse contrasena senha parola haslo wachtwoord
    kennwort losenord salasana parole secret geheim letmein login signin signup logon admin administrator root user
    username guest test testing tester demo default changeme change temporary temp master superuser access open
    opensesame sesame welcome welcomeback willkommen bienvenue bienvenido hello helloworld world system server
    account security secure private computer internet website online office company service support manager`),
  ...words(`iloveyou iloveu ilove loveyou loveme mylove love lover loves teamo tequiero jetaime ichliebedich tiamo
    sunshine princess princesa dragon monkey football baseball basketball soccer hockey tennis superman batman
    spiderman ironman pokemon pikachu minecraft fortnite roblox starwars startrek harrypotter hogwarts gandalf
    matrix ninja samurai shadow hunter killer flower flowers butterfly chocolate cookie cookies cheese banana orange
    apple cherry pepper ginger tigger tiger eagle falcon dolphin panther scooter rainbow unicorn diamond silver
    golden purple yellow summer winter spring autumn family friends friend forever freedom whatever nothing
    something anything happy lucky angel angels jesus christ jesuschrist godisgood blessed heaven baby babygirl honey
    sweetheart sweet beautiful handsome cool money million biteme trustno trustnoone fuckyou fuckoff asshole bullshit`),
  ...words(`google facebook instagram twitter youtube amazon netflix windows microsoft linux ubuntu samsung iphone
    android london paris berlin newyork california america england canada australia germany france liverpool arsenal
    chelsea barcelona realmadrid juventus ferrari porsche mercedes mustang corvette harley yamaha monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october
    november december michael michelle jessica ashley nicole daniel jordan charlie thomas jennifer andrea maria
    robert william matthew anthony joshua andrew george patrick samantha amanda melissa elizabeth buster max maggie`),
  ...words(`a i my me the is it its this that your you are and for with not new one two three four five six seven
    eight nine ten first last best big great good very much more yes please thanks thankyou im mine our here there
    now ever never always only just again today`),
  ...words(`correcthorsebatterystaple correcthorse batterystaple thequickbrownfoxjumpsoverthelazydog thequickbrownfox
    jumpsoverthelazydog tobeornottobe thatisthequestion maytheforcebewithyou maytheforce bewithyou
    itwasadarkandstormynight loremipsum dolorsitamet onceuponatime happilyeverafter rosesareredvioletsareblue
    rosesarered violetsareblue nevergonnagiveyouup nevergonnaletyoudown openthepodbaydoors iamyourfather
    winteriscoming houseofcards hakunamatata ihaveadream carpediem cogitoergosum venividivici allyouneedislove
    letitbe staywithme knowledgeispower timeismoney practicemakesperfect liveandletdie livelaughlove
    somewhereovertherainbow twinkletwinklelittlestar inthebeginning ourfatherwhoartinheaven johnthreesixteen
    thereisnoplacelikehome elementarymydearwatson houstonwehaveaproblem idontknow idontcare ihatepasswords
    nopasswordforme youshallnotpass livelongandprosper bethechange justdoit thinkdifferent keepcalmandcarryon`),
];

/** Keyboard rows, counting and other sequences, read in both directions. */
export const SEQUENCES: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyzabc',
  '012345678901234567890',
  'qwertyuiop[]',
  'qwertzuiopü',
  'azertyuiop',
  'asdfghjkl;',
  'zxcvbnm,./',
  'yxcvbnm',
  '!@#$%^&*()_+',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qawsedrftgyhujikolp',
  'qazwsxedcrfvtgbyhnujm',
  'a1b2c3d4e5f6g7h8i9',
  '1a2b3c4d5e6f7g8h9i',
  '13579',
  '24680',
  '147258369',
  '159753',
];

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/);
}
