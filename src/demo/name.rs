//! Names of the communities whose children sit in English classrooms. Forename and surname are drawn apart, so any
//! likeness to a child is chance.

use super::dice::Dice;

/// Names that go together, and how many families of a hundred bear them.
struct Community {
    families: f64,
    girls: &'static str,
    boys: &'static str,
    surnames: &'static str,
}

const COMMUNITIES: [Community; 9] = [
    Community {
        families: 60.0,
        girls: "Olivia,Amelia,Isla,Ava,Ivy,Freya,Lily,Florence,Mia,Willow,Rosie,Sophia,Isabella,Grace,Daisy,\
            Sienna,Poppy,Elsie,Emily,Ella,Evelyn,Phoebe,Evie,Charlotte,Harper,Millie,Matilda,Maisie,Emilia,\
            Bonnie,Ruby,Alice,Sophie,Jessica,Erin,Orla,Niamh,Seren,Carys,Beatrix,Imogen,Martha,Edith,Nancy,\
            Eliza,Thea,Robyn,Lottie,Megan,Abigail,Katherine,Elizabeth,Rebecca,Eleanor,Jasmine,Scarlett",
        boys: "Noah,Oliver,George,Arthur,Leo,Jack,Theodore,Freddie,Archie,Henry,Alfie,Charlie,Oscar,Harry,\
            Thomas,Finley,Jude,William,James,Joshua,Teddy,Isaac,Edward,Max,Alexander,Lucas,Reuben,Samuel,\
            Benjamin,Joseph,Toby,Elliot,Callum,Declan,Rhys,Owen,Ewan,Rory,Connor,Jacob,Ethan,Harrison,Stanley,\
            Ralph,Albert,Dylan,Caleb,Nathan,Luke,Kieran,Dominic,Jasper,Barnaby,Matthew,Daniel,Riley",
        surnames: "Ashworth,Atkins,Bagshaw,Baines,Barlow,Barraclough,Bennett,Birch,Blackwood,Booth,Bradshaw,\
            Bramley,Brierley,Broadbent,Bullock,Carver,Chadwick,Clegg,Coates,Cooper,Crabtree,Cullen,Dalton,\
            Dawson,Dixon,Dunne,Earnshaw,Edwards,Ellis,Fairclough,Farrell,Fenwick,Fletcher,Foster,Gallagher,\
            Garside,Gibbons,Goddard,Greenhalgh,Griffiths,Haigh,Hallam,Hargreaves,Hartley,Haworth,Heaton,\
            Hepworth,Holroyd,Hughes,Ingham,Jarvis,Jenkins,Kershaw,Kirkham,Lister,Lomax,Lowther,McAllister,\
            McGuire,Marsden,Mellor,Moffat,Nuttall,O'Brien,O'Donnell,Ogden,Oldroyd,Parkinson,Peacock,Pearce,\
            Pritchard,Quigley,Ramsbottom,Redfern,Rigby,Rowbotham,Sharples,Shaw,Sugden,Sutcliffe,Thackray,\
            Tattersall,Turner,Underwood,Varley,Wainwright,Walsh,Webster,Whitlock,Whitehead,Wilkinson,Yates",
    },
    Community {
        families: 12.0,
        girls: "Aisha,Fatima,Zainab,Maryam,Hafsa,Amina,Zara,Khadija,Inaya,Safa,Hana,Sumaiya,Iqra,Noor,Anaya,\
            Maryam-Noor,Ayesha,Sana,Rumaisa,Hiba",
        boys: "Muhammad,Ibrahim,Yusuf,Ayaan,Zayn,Hamza,Bilal,Haris,Idris,Musa,Rayyan,Adam,Ismail,Umar,Zakariya,\
            Eesa,Hassan,Taha,Rehan,Mohammed",
        surnames: "Ahmed,Akhtar,Ali,Aslam,Begum,Chowdhury,Hussain,Iqbal,Islam,Karim,Khan,Khatun,Mahmood,Malik,\
            Miah,Mirza,Qureshi,Rahman,Rashid,Shah,Siddiqui,Uddin,Yaqoob,Zaman",
    },
    Community {
        families: 6.0,
        girls: "Anika,Diya,Kavya,Priya,Simran,Jasleen,Meera,Anjali,Riya,Harleen,Aarohi,Ishani",
        boys: "Arjun,Rohan,Vihaan,Aarav,Jaspreet,Gurpreet,Dev,Krishan,Nikhil,Harjot,Rahul,Advik",
        surnames: "Bains,Chaudhari,Desai,Dhillon,Gill,Joshi,Kaur,Mehta,Nair,Parmar,Patel,Rai,Sandhu,Sharma,Sidhu,\
            Singh,Solanki,Thakur",
    },
    Community {
        families: 7.0,
        girls: "Adaeze,Chidinma,Temiloluwa,Ama,Abena,Blessing,Esther,Tariro,Folasade,Nia,Zuri,Ruth,Amarachi",
        boys: "Chidi,Emeka,Kwame,Kofi,Tobi,Ayomide,Tendai,Kelechi,David,Emmanuel,Kwabena,Oluwaseun,Malachi",
        surnames: "Abara,Adeyemi,Afolabi,Agyeman,Asante,Balogun,Boateng,Chikwanha,Danso,Eze,Mensah,Moyo,Ndlovu,\
            Nwosu,Obi,Ofori,Okafor,Okonkwo,Olawale,Osei,Owusu",
    },
    Community {
        families: 3.0,
        girls: "Aaliyah,Tiana,Naomi,Shanelle,Kezia,Renee,Alexia,Jada",
        boys: "Tyrell,Jaden,Kai,Marcus,Elijah,Isaiah,Jermaine,Andre",
        surnames: "Brathwaite,Campbell,Clarke,Francis,Gayle,Grant,Lewis,Palmer,Reid,Samuels",
    },
    Community {
        families: 6.0,
        girls: "Zuzanna,Maja,Zofia,Lena,Oliwia,Hanna,Alicja,Gabija,Elena,Ioana,Daria,Kornelia,Małgorzata",
        boys: "Jakub,Antoni,Szymon,Filip,Kacper,Mikołaj,Matas,Andrei,Stefan,Bartosz,Dawid,Oskar,Łukasz",
        surnames: "Adamczyk,Dąbrowski,Ionescu,Jankauskas,Kamiński,Kowalczyk,Kozłowski,Krawczyk,Marin,Nowak,Petrov,\
            Popescu,Stankevičius,Szymański,Wiśniewski,Wójcik,Zając,Zieliński",
    },
    Community {
        families: 2.0,
        girls: "Mei,Xin Yi,Linh,Yuna,Hoi Ching,Angela,Thuy",
        boys: "Jun,Wei,Minh,Kin,Ho Yin,Ethan,Tuan",
        surnames: "Chan,Cheung,Huang,Lam,Leung,Li,Nguyen,Pham,Tran,Wong,Zhang",
    },
    Community {
        families: 3.0,
        girls: "Leyla,Elif,Yasmin,Ifrah,Hodan,Salma,Defne,Rojin,Layan",
        boys: "Emir,Kerem,Abdirahman,Omar,Liban,Karwan,Tariq,Sami,Faisal",
        surnames: "Abdi,Aydın,Demir,El-Amin,Farah,Haddad,Hersi,Mansour,Mohamud,Osman,Rashidi,Şahin,Yılmaz,Warsame",
    },
    Community {
        families: 1.0,
        girls: "Inês,Lucía,Giulia,Beatriz,Chiara",
        boys: "Tiago,João,Mateo,Luca,Rafael",
        surnames: "da Silva,Díaz,Ferreira,García,Lombardi,Moretti,Pereira,dos Santos,Sousa",
    },
];

/// Short forms children go by.
const SHORT: [(&str, &str); 22] = [
    ("Katherine", "Katie"),
    ("Elizabeth", "Lizzie"),
    ("Rebecca", "Becky"),
    ("Eleanor", "Ellie"),
    ("Isabella", "Bella"),
    ("Abigail", "Abi"),
    ("Matilda", "Tilly"),
    ("Charlotte", "Lottie"),
    ("Jessica", "Jess"),
    ("Samuel", "Sam"),
    ("Benjamin", "Ben"),
    ("Joshua", "Josh"),
    ("Alexander", "Alex"),
    ("Theodore", "Teddy"),
    ("William", "Billy"),
    ("Thomas", "Tom"),
    ("Matthew", "Matty"),
    ("Muhammad", "Mo"),
    ("Mohammed", "Mo"),
    ("Temiloluwa", "Temi"),
    ("Oluwaseun", "Seun"),
    ("Zuzanna", "Zuza"),
];

/// The lists, split once for a whole school.
pub(super) struct Names {
    families: Vec<f64>,
    communities: Vec<Lists>,
}

/// One community's lists.
struct Lists {
    girls: Vec<&'static str>,
    boys: Vec<&'static str>,
    surnames: Vec<&'static str>,
}

impl Names {
    pub(super) fn new() -> Self {
        let split = |list: &'static str| list.split(',').collect();
        Self {
            families: COMMUNITIES.iter().map(|one| one.families).collect(),
            communities: COMMUNITIES
                .iter()
                .map(|one| Lists {
                    girls: split(one.girls),
                    boys: split(one.boys),
                    surnames: split(one.surnames),
                })
                .collect(),
        }
    }

    /// A family's community.
    pub(super) fn community(&self, dice: &mut Dice) -> usize {
        dice.weighted(&self.families)
    }

    /// The community of a surname that came from these lists, of its first half where there are two.
    pub(super) fn community_of(&self, surname: &str) -> usize {
        let first = surname.split('-').next().unwrap_or(surname);
        let bears = |name: &str| {
            self.communities
                .iter()
                .position(|lists| lists.surnames.contains(&name))
        };
        bears(surname).or_else(|| bears(first)).unwrap_or(0)
    }

    /// A family's surname, double-barrelled this often; then of two communities.
    pub(super) fn surname(&self, dice: &mut Dice, community: usize, double: f64) -> String {
        let first = one(dice, &self.communities[community].surnames);
        if !dice.happens(double) {
            return first.to_owned();
        }
        let other = self.community(dice);
        let second = one(dice, &self.communities[other].surnames);
        let plain = |name: &str| !name.contains([' ', '-']);
        if first != second && plain(first) && plain(second) {
            format!("{first}-{second}")
        } else {
            first.to_owned()
        }
    }

    /// A forename: of the family's community, or now and then one of the most common.
    pub(super) fn forename(&self, dice: &mut Dice, community: usize, male: bool) -> &'static str {
        let from = if dice.happens(0.15) { 0 } else { community };
        let lists = &self.communities[from];
        one(dice, if male { &lists.boys } else { &lists.girls })
    }
}

fn one(dice: &mut Dice, list: &[&'static str]) -> &'static str {
    dice.one(list).copied().unwrap_or_default()
}

/// The short form a child of that forename may go by.
pub(super) fn short_form(forename: &str) -> Option<&'static str> {
    SHORT
        .iter()
        .find(|(long, _)| *long == forename)
        .map(|(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_lists_are_long_enough_for_names_to_vary_and_hold_nothing_twice() {
        let names = Names::new();
        let all = |list: fn(&Lists) -> &Vec<&'static str>| {
            names
                .communities
                .iter()
                .flat_map(move |one| list(one).iter().copied())
        };
        for (list, least) in [
            (all(|one| &one.girls).collect::<Vec<_>>(), 140),
            (all(|one| &one.boys).collect(), 140),
            (all(|one| &one.surnames).collect(), 200),
        ] {
            let apart: BTreeSet<_> = list.iter().collect();
            assert!(apart.len() >= least, "{}", apart.len());
            assert!(
                list.iter()
                    .all(|name| *name == name.trim() && !name.is_empty())
            );
        }
        for one in &names.communities {
            let apart: BTreeSet<_> = one.surnames.iter().collect();
            assert_eq!(apart.len(), one.surnames.len());
        }
    }

    #[test]
    fn families_add_up_to_a_hundred() {
        let sum: f64 = COMMUNITIES.iter().map(|one| one.families).sum();
        assert!((sum - 100.0).abs() < 1e-9);
    }
}
