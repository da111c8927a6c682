BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE article (
	id INTEGER NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	text_hash VARCHAR NOT NULL, 
	published DATE NOT NULL, 
	published_at DATETIME, 
	publisher VARCHAR NOT NULL, 
	source_home VARCHAR, 
	feed_id INTEGER, 
	report VARCHAR NOT NULL, 
	signature BLOB, 
	stored_at DATETIME NOT NULL, 
	read_at DATETIME, 
	reader_version VARCHAR NOT NULL, 
	is_change BOOLEAN, 
	score FLOAT NOT NULL, 
	reason VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_article PRIMARY KEY (id), 
	CONSTRAINT fk_article_feed_id_feed FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE SET NULL, 
	CONSTRAINT uq_article_url UNIQUE (url)
);
INSERT INTO "article" VALUES(7,'http://news.example/pages/chugach-sentinel/2018-12-19-anchorage-delays-bag-ban.html','Assembly moves bag ban to September so stores can use up stock','c0ef1b49fe77b2de860bd35abaff8494dcedcdd85421f9ca3156cd9fcfda0b25','2018-12-19','2018-12-19 18:15:00.000000','Chugach Sentinel','ocd-division/country:us/state:ak/place:anchorage',5,'b1a9a6156fda',X'5BA9E70185DE6303697F2200F3C9DA006748CD01A5B21F02BED19300DFB9C70492803000B7092F01CBE028022F3C6F00BDC86B025D0943009A5F4C0019F4D90162182701A962E3007FB31C03AFB75702F7273300210B8D02ECA56C06B1179601AEBD3D03D734CD03B798BE01C0AA9E0036067500B1C5B301AAC8D3048FBC1D038B95E003CF047600C70D4600268A80035641310292EE7902F4831D007CAF6E02F77F80009B006502A761440608C5AD076C5F4602FDE6900182CE300039BDEE004E74ED0018B8C005105944016B9C5B000EA227014D8D5E008DE58B01CAFFFC036499B202064601009DF50C0201772D01F9B15C00E12F09006B5ED10247830101960B6C01A0153B008FD87202D8FF6B0103A8E5041B090307CC7187011482C401998D2F03F4DEBE039E36D700A92BBF0093653100676B94041BEC3F016C8709005C5DA8031FD7A300B259360687367A01CE4055021DB5E3026042680020807F013206B500D0B79E06FEE363007D9DEB001C03550362D19100E2041700A2F0C9035FD38000E9BDCB00B258DA0259DB0E00F8D2A103CBB711057EE65E01738C7700DDE1540096BC8B01002E7602CDF9650511453B00B5F8DD02345A48041D389F01BA6C130072FEB9018CF62C00CF07EA014D966D035F5F72018F3E5F00C836C40269711D0013149802CC9D6500DB743A00DE3E9003312986012878D6020852DA01','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.43751369866104528e-01,'“vote” to “push back” (decide, done) by The Assembly','Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.

Retailers had asked for more time. Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.

Only the date changes. Paper bags will still cost at least 10 cents, with a cap of 50 cents a trip, and the same exceptions apply.

A restaurant owner who testified last week wanted a full year. A high school student, one of the youngest people to speak, wanted no delay at all. Members settled on the middle of September because it falls after the tourist season.

The Assembly also confirmed two appointments to the library board and put off a decision on a liquor license in Girdwood.');
INSERT INTO "article" VALUES(9,'http://news.example/pages/chugach-sentinel/2018-08-29-anchorage-bag-ban-passes.html','Plastic bags on the way out in Anchorage','ba6d4b63d26c34ed1ea2405e322f92f8bfda8db1a56436124c4586b98604cca7','2018-08-29','2018-08-29 16:00:00.000000','Chugach Sentinel','ocd-division/country:us/state:ak/place:anchorage',5,'2d46b8dd9170',X'D9B73F00BDE5C400FA472600B9EDC500DBB604009CF5EC006805BE0034CCD8027E98A30069EF7C01C359C300D6974B0757E9C2009E800F0499373D0033699D03E0A4440045A60E07B9D17E063E092E000684900149AE9B009CA165037F1AB0037D285B00D2CE9A060BCF2301A7C22104F7A3A901580B1901655A4700CE743601CD8E42005D58D100DF81DF00DFFB8F0328C22501D47FD403C11904011CC2AF0185E3B4019A57AA00947145013836A702461D7C037D3CD5001DA3510281F11700499A98012B19D5027A09F000742F440086557800F8ED3D023D24F40190288C0275A427011A8A2C013D66570217329C004704650015579E0175493701804C4D04E396650033D5A2013C52EC016DF4CD0038B05B007D840E002AD4FF00ECC2CC0873903602058E2F00A4B82F016AD97A0040405B01426FB50183827C0030E6D102C40C9702150E6C004559E202331DBB00F9400E00D4232F03B1AAAE00F5C27D0130692D051B547101683B0400DC023200C872A700E9D21D027EF51802FE6B4200E6AA6500E9E65702865A93000B1E990013004601677DBE00F1C54100C954E10063D87802E185B8008C8F1D008A5B2600E10DFF0317DD0B00266BD004EF6C100069C6670054DB2300526B9D015B5795005BF0E4015E203C02C9AF7500F08ECF00C4A09800A34652014EB757009149CB016B2EED0106DE3E01D5ADFB01FB7C4C01','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,0.920790373381516,'“outlaw” (regulate, done) by the Anchorage Assembly','Shoppers in Alaska''s biggest city have six months left with the thin plastic bag.

By a vote of 9-2, the Anchorage Assembly on Tuesday night outlawed disposable plastic bags at checkout counters. From March 1, a store may sell a customer a paper bag for at least a dime, or the customer can bring one from home.

The sponsors had begun with something milder, a ban on the very thinnest bags only. Over the summer the ordinance grew stricter as members concluded that merchants would simply switch to slightly thicker plastic.

Bags for produce, meat, prescriptions and dry cleaning are exempt. Stores that ignore the rule face fines of up to $500 a day.

Two members voted no. They argued that the Assembly had moved faster than the public, and that a fee would have been enough.

Wasilla''s ban started in July, and Palmer''s comes into force in January. Several villages off the road system have done without plastic bags for years.');
INSERT INTO "article" VALUES(13,'http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html','Austin voters bring back ban on public camping','b8c54351ddf2fd51b944d275579c772177a462c985e65344ff8d246647d9a975','2021-05-02','2021-05-02 05:20:00.000000','Live Oak Monitor','ocd-division/country:us/state:tx/place:austin',6,'fa3c7ece62a8',X'3C131B02B5A35D0254AB8500F70C5E01C807EA0194D64004CD5F0400EFCA0D00072FA301E0EA9B00F2BB7C00E34A47016B3D4301C50968005BB50A016EE8F002B8512004683E8100DD5BC400D0004601FE3A5D013DB47600A158060414A751002961FA035C285D0013D199007B0ED900478018018776540130B881047C88A600BC447805353E3F00F5A2AA03B50810006194AA0173FB0C03A9D1DC0547F45C02AC46A0040A1F2301A404290126483B02CFDEAA01E2411101149075033CF9B6012607400193E88E00C244D601B8B0AB0514507D01E5930F015126170185351E021E0BF8020F9CDE014CA42801BA89BE00AA0E4D03E3E1730374C5810385EE8100928D2300EC822E0015317900800020003DCFBE026401B101F96B6B008AB65702C561D70178EBA0007EE95F0015546000B2444B039B697105655880008B9662002AEBA70104503B02866FB201D06E1E025948DE005782C701964F8D00E1BF4100E9AA6C02B8839600E07996089AFDBA01C0DB92021A470E00C0B4F2002128700002A6EF02FBABB50015473F00677EA1018E5C6501E9F9CC022E6D21022F614E0080D5550036FCE205A0910F00D8623A0279505700F28D0400B7EF13001E5561010E408200C670A303C48914019E3FCD00BFBC0500B1EC4501A125F305A0F2DB000095F600AA65890377E39F017B7DFA0163DF1501A190D4059A6E4B0197828A02','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.16311324313360264e-01,'“reverse” (decide, done) by City Hall','AUSTIN — Voters on Saturday told City Hall to reverse itself on homelessness, approving an ordinance that once more makes it a crime to camp in public places.

Proposition B led by about 15 points with nearly all precincts counted. It outlaws camping anywhere the parks department has not set aside for it, sitting or lying down on sidewalks in and near downtown, and panhandling at certain hours.

The ordinance takes effect May 11, a city spokesperson said.

The City Council lifted the earlier ban in 2019. Tents then went up under overpasses and along the lake, and a group called Save Austin Now spent two years collecting signatures.

Opponents said the measure offers no beds. The city has shelter for only a fraction of the people who live outside.

The mayor, who opposed Proposition B, said that both sides want fewer tents and that the next step is more housing.');
INSERT INTO "article" VALUES(17,'http://news.example/pages/lakefront-ledger/2019-12-19-milwaukee-commission-requires-judicial-warrant.html','Commission says Milwaukee police need judge''s warrant before aiding ICE','810de3eb81f66633c0f5c69e3cf152025d38a34b43c360526c9e5d46796c98fa','2019-12-19','2019-12-19 13:20:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'9538a8231f9c',X'E21A74028FA88E040BF177002AAAFC002CAE4602ABAC1900E7F56300E6B521014EDB96039941CB00B934F901EDBED803A9597D055F110A00679516031388800034B9550757F7AC012A31D0004C40F201B8890F046558C300A32B05015BDE8102FA1DB101C19707008CDE570136DDEA0987C42000BFD00F0122EF31020B647D04E5B8CB00F4484702245CDE01B06EAD01654FF90100EA8904D6CCBE04197B3100C416EF014CA7F00225CA5C00D9637B02AB687C0144F813009FA31C0092502E011A4894006F42D200E9AE0D02AC5FA0014F88D7036F123A0138E3EC0093D9E007B0E77D01750F7B005F625E007DF48800982C8803121ECF0076DBFD022AD5150463C52702132E3900AE0CF6011AD3AA06981BC3008518F301288E5001212F210040045600F102B600CD4E910197FE4900ED9C21006F8B73009C5E9302743AA300520C76033338460212BBBD01CEC62E08134EB30011F58902843F8D01FAB81E009F59A1022D672003DF2D82010A34C300A75C4900F0E9390295C98201A2241400BD55F201A5D3CF00F5A46F007001B40117034C02F4521D00902D48015917700283C9D702EEFB2503BF4D0801DF96F900B24C9400742C2D03099A30027CAAD000ECE23A00AC95D30023F70303D3BE6800EFE62701A2691603A5F3EF02C2802500E497ED018965E400232FC200B15D09051D45BC02089D650061E9F20115E4C002','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.20012032985193295e-01,'“vote” to “bar” (regulate, done) by The Milwaukee Fire and Police Commission','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a serious one.

The unanimous vote amends Standard Operating Procedure 130, which governs how police deal with foreign nationals. Even with a judicial warrant, officers may step in only if the person is suspected of terrorism or spying, belongs to a transnational gang, or is arrested for a violent felony, a sex crime against a child or an offense that shows a threat to the public.

A sixth ground, for people who had been deported before, was dropped.

Police brass had wanted room to act on administrative warrants too. Commissioners said such papers are issued by the same agency that makes the arrest, with no court looking on.

The same procedure drew crowds once before, when Edward Flynn was chief.');
INSERT INTO "article" VALUES(21,'http://news.example/pages/juneau-channel/2018-12-19-anchorage-stores-get-more-time.html','Anchorage stores get six more months with plastic bags','00eae5e8582c354d5cc1f4f86d232419656b2c27c4a80cceaa15dc2264b9db9e','2018-12-19','2018-12-19 22:40:00.000000','Gastineau Channel News',NULL,9,'b1a9a6156fda',X'5BA9E701D33ED80E563FE600F3C9DA0055999E03A5B21F02BED19300C52A4B0791D5E10FA3EEE4054A9DE503807D3704D05CBD025D0943009A5F4C0019F4D90162182701A962E3007FB31C03AFB757025494A000BFB10F04ECA56C06ECF08F028845ED07D734CD03D427A203A75ABB0636067500B1C5B301AAC8D3048FBC1D038B95E003CF047600C70D4600268A80036BD9520492EE79020F6807017CAF6E02985E8C0043CC1C05A761440608C5AD076C5F46023D229D0182CE300039BDEE004E74ED0018B8C005105944016B9C5B000EA227014D8D5E008DE58B01C0B2310745647B03FF6F05023E1CD2079C995C04F9B15C00E12F09006736660347830101FE8A9A072045D0018FD87202AC59F40603A8E50468EFF000308E2504918B5807DCDC6E03C9A161059E36D700A92BBF0093653100676B94041BEC3F016C8709005C5DA8031FD7A30002683F0787367A01190A9B021DB5E302604268007ECA2D043206B500D84AC506FEE3630038AE720180766A07C3AAD203E2041700A2F0C9035FD38000E9BDCB00F4B1240659DB0E008B90AF05CBB711057EE65E01738C7700DDE1540096BC8B01002E7602C62F91077D5E8501B5F8DD024E35C00A756ECF01EE0633029CE801048CF62C00801D34039E40280A5F5F72018F3E5F00C836C40269711D004ED17A05CC9D6500DB743A00DE3E900331298601BDFF0B090852DA01','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.09203846329480813e-01,'“vote” to “push back” (decide, done) by The Assembly','ANCHORAGE — Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.

Retailers had asked for more time. Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.

Only the date changes. Paper bags will still cost at least 10 cents, with a cap of 50 cents a trip, and the same exceptions apply.');
INSERT INTO "article" VALUES(25,'http://news.example/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html','Milwaukee police to share more with immigration agents under quiet rule change','30e285363730cd7611cd1a3e8c2c88f31debeb4951f210c9177147a89f325775','2017-07-04','2017-07-04 21:10:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'75eaaa79774c',X'23B8B9012518D500DB7DCC00BE6EB1019E50200011223503CC28CF01ED7A3C0055EE3A029941CB00CAA71001535F44011B601F02F2421702227EBD0095AF93047F2AB801B0A87A00148128005BD9AC00C2D48600F98851014CA4FB0033D2E40213740804FFC6840052B6D400E46C4F00F49583020ACDE8014145E80193F5DA018BF65B008F34320143B2820042431600E04D2005D024070074830800C5EE05022C7AB401A9007C03F2F5D40130FB9000CFA0040001567500A0DB12000E8AD400B432520044949101A8714800545ABB00079DBD00F5C520007F3EAB023B2B2900B0943B008A49040158076A0039A54403CF972D0286E8320091A306003A0C6C0105D3A900BB51F90006428801B8EEF200E0754500945A0B0091BE5A018C5529012EF20E00549913004A76E30328F829007DA34E0092DFD500DE1B2D035A7C0F0268F46C00745735004C8E670164A401005EB2950002BED002E3B86D006A8E0300E785B000BAD15500652F8B029C56A003AF601F02B266FC0254A87F00376F1D00E2C8D2005C845500A7D30F01CEA9480152B846001F68D100517F1C02F76B180037A0880096C00B00F51DF800DBA07F00170A16005DCC4D000AB71C00422DFA0227191101C67700016EAB2F069C5DF20106BEEF006A46000046858302CE4A0204F45B5C0007FF5A016118AB0177EA060289A898002986420171670503255C0900','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,8.28601582905647227e-01,'“approve” (decide, done) by Police Chief Edward Flynn','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent immigrants say the city never mentioned it.

Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday. Voces de la Frontera, which found the new wording, contends that the mayor''s office bowed to Washington and that the rules invite racial profiling.

The old procedures told officers to leave questions about immigration status alone unless one of a few exceptions applied. That sentence is gone. A new one says officers must notify federal officials when someone they suspect of being in the country illegally is arrested for a felony or another grave offense, among them gang crimes and terrorism.

The League of United Latin American Citizens also objected to the way it was done, saying that residents had no chance to comment.

A spokesman for Mayor Tom Barrett described the edits as technical, made so that city policy would comply with federal law, and said the mayor supports immigrants as he always has. The Police Department had no immediate response.

The city and the county have separate governments and separate police forces. In April the Trump administration warned Milwaukee County, though not the city, that it could lose federal grants because of how it treats immigrants.

Barrett has often said that city employees should not be drafted as guards of the border.');
INSERT INTO "article" VALUES(26,'http://news.example/pages/live-oak-monitor/2017-05-08-texas-governor-signs-sb4.html','Abbott signs bill against sanctuary cities','3d0f3c2001a21e62c119c77f6ea10dab63616a121159f230ff3ed41d275f0625','2017-05-08','2017-05-08 11:00:00.000000','Live Oak Monitor','ocd-division/country:us/state:tx/place:austin',6,'3c7de2471da6',X'D3AA3E00A90CCF00DC02C701B190D802671A8B010E49D80293B6B4008EDC3802B1051600D1491A003EE45E01DE7C4E0396ED2802601D4B0160F40C00BC8B510085887E000CA603001E1CD700DE50150048A28A00F56882028E014401B58281022BF4750085C003008139FA00507B8800E50D880049CCEF0155DE12067E9F8C03A3A8C20193CCC207118574015F33EC0138495F041C135401EE4CB205058EE500C8FCE302D8F92E01C3E1CF00B7645400AD29320100869B01880E0700641C55009D728100037FEA01B5717C003A303800CD077B01F8878B02BE8E4D00D3885B01BC0CF100AA673500B62641031734D900F7B4C0048CE4C502C522150126E49C0161CC67028B1E280057B96901BDFA3502381D42002F722A01C53748015581F200B2BA30002E633B0035D2FC0023D817018DB62D00E54582009AE34C0B31EC650398844300F27C7C05434D54019A95BD0380F90A00FC475500B27C3200BCB2DC0113490F021FEF20014B5DFF00044C470239EC0000BB7FB101FD4CFD04FA644F00422BBD0232148400762B9C01B79C0200DC662101DC506C061B554601EF3BAB005EAC5D065D93E60196DC4602EDE77600DDB172013888A007B2F276021E020101D09E930110AAC900D129A300134B040221D9E8033A8D580365C2E20083EA6D0034EF02012DA8E7002E3FCD016DAA6007351E2A00ACAAC602E72CB40254143800','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,5.85233213705014465e-01,'“limit” (regulate, done) by Travis County''s sheriff','AUSTIN — Gov. Greg Abbott signed a bill Sunday evening that will punish Texas cities and counties that refuse to help federal immigration agents.

Senate Bill 4 takes effect Sept. 1. Sheriffs who turn away requests to hold inmates can be fined, removed from office and even jailed, and officers anywhere may ask people whom they detain whether they are in the country legally.

The governor signed without notice, on a live video. Police chiefs of the largest cities had asked him not to, saying that witnesses would stop talking to detectives.

Travis County''s sheriff, who had limited the requests that her jail honors, said that she would follow the law. Lawsuits are expected within days.');
INSERT INTO "article" VALUES(47,'http://news.example/pages/fox-cities-banner/2017-07-04-groups-fault-milwaukee-police-policy.html','Immigrant groups fault Milwaukee over new police policy','88a84b073c9df6863799ff10c914b4ba6876cbdba684603fa1a398d979556c98','2017-07-04','2017-07-04 22:45:00.000000','Fox Cities Banner','ocd-division/country:us/state:wi/place:appleton',10,'75eaaa79774c',X'848BE0012518D50016B15D05BE6EB1019E502000112235030CA3BD02AE8E29011EAA7C049941CB00CAA7100195AFDA01F8D72706F24217025B337707B4388C087F2AB801B0A87A00629C4900928DC200C2D48600F9885101ADD82C01EAF57B0413740804FFC6840052B6D400F12E5A00F49583020ACDE801E990210293F5DA018BF65B00FDFE240343B2820092CD4301E04D2005C1A93E0023AE8300C5EE05022C7AB401A9007C03F2F5D401E6E5ED02CFA0040001567500A0DB12000E8AD400B4325200B21D2003A8714800545ABB00079DBD002596CF037F3EAB023B2B2900E0CD2A038A4904019BB6C50039A54403CF972D0286E83200B04FDF003A0C6C0105D3A900382E780406428801B8EEF20046CB4201945A0B003435FF038C5529012EF20E00549913004A76E30328F829007DA34E0092DFD500DE1B2D035A7C0F0268F46C00745735004C8E6701337BC8005EB2950002BED002E3B86D006A8E0300EF2BC000BAD15500FAEBE8029C56A003AF601F029D410A045006F6028A17CB00E2C8D2005C845500A7D30F01CEA94801CC43A100245B1602517F1C02F76B180037A0880096C00B00F51DF800DBA07F00170A16005944A2030AB71C0013936A05F576310123464A05D93A52069C5DF201212025045E9D5B0146858302CE4A0204F45B5C001EB1540277C2FB0111FA030489A8980029864201E1B6190574BE3100','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,8.88651649262026554e-01,'“approve” (decide, done) by Police Chief Edward Flynn','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent immigrants say the city never mentioned it.

Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday. Voces de la Frontera, which found the new wording, contends that the mayor''s office bowed to Washington and that the rules invite racial profiling.

The old procedures told officers to leave questions about immigration status alone unless one of a few exceptions applied. That sentence is gone. A new one says officers must notify federal officials when someone they suspect of being in the country illegally is arrested for a felony or another grave offense, among them gang crimes and terrorism.

The League of United Latin American Citizens also objected to the way it was done, saying that residents had no chance to comment.');
INSERT INTO "article" VALUES(54,'http://news.example/pages/lakefront-ledger/2021-11-19-milwaukee-ends-no-knock-warrants.html','No more no-knock raids for Milwaukee police','fd393364a907493a2eb8a487a62b6400211979d95cd0595305cf8120ef6f0b0f','2021-11-19','2021-11-19 11:50:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'8734bdccefc4',X'96404B0061AB2300EDF97B016DFD9502B0C3BB00F81D3F049F405E00974E12081F992900C939BF0500DB3300188C98028996F002639EE60017DCB2000383AF0332B97400A6E11700F0449F002A6B6B00E2368D026796120008E6190157536C007EB9F9029CB9870091487B016D501A000CBBA1000FB4630A6F9C0900F6390A0082C6B5000E349702EC4CC0049597AC0074482E0371F7AB04FB552700D0618E01484612016218950325CA5C0037671000CFC65E0043DF2E00E19A30011F210A022C49980063DBED036C79380051AC5202C6FA0F0257E13D0025DE8B06CACF44022EE10E00D22B6B0032783500E3D7F902A2192000B64E98001C10E701E03DC504459AF208AFD14B00452D7100A46B2E0148A23B019B0CEE0177B32B00A7517A0034A807007C2CC10022CD1F00D393DA01235150010E61ED000201600201E53B0316A31000F411B100EC09EA0077A477053CB277080F9F7801A6978D02603C1A049146D401831C6003CF98AD00D86ED80005C7B2006772170244F19601C4796400146B3A0077210A0042980F00D5E845028B0B65006A94EC017DD460009346B2010B9A100696A7E0006FD3E000CF54BA00B24C940056C60003088270003A729F004961DD02FF5400047D64E7002FAC52007F180F00842C1D04C0FBF300C2802500E497ED018F3DBC015F15E10645D32902B797A900C447FF00DD8070009E1C3503','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.51726104993866894e-01,'“write into” (decide, done) by The Fire and Police Commission','Milwaukee officers may no longer ask for, or carry out, search warrants that let them enter a home unannounced. The Fire and Police Commission wrote the prohibition into Standard Operating Procedure 970 on Thursday evening, at its first meeting since Jeffrey Norman became permanent chief.

The department had been using the tactic less and less. Of the search warrants it served in 2019, about 250 were no-knock; this year the number is six, according to department figures.

Norman had favored keeping the option for rare cases. The commission chose to close the door completely, after about a year of study that began with the killing of Breonna Taylor in Louisville, Kentucky, in 2020.

Two other items passed the same night: protection for officers who report misconduct, and a table that spells out discipline for each kind of violation.

The Milwaukee Police Association has argued that surprise keeps officers safe. One of its members, Matthew Rittner, was shot dead while serving a warrant in 2019.');
INSERT INTO "article" VALUES(55,'http://news.example/pages/lakefront-ledger/2019-12-16-commission-picks-director.html','Commission picks new director, approves promotions','ed1959e85df40339b5f09c020eff5798343938c4bc7383e3fd7946a4cd1fd1ac','2019-12-16','2019-12-16 16:30:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'2f47460521f0',X'69236001CFC40F0014789D00C9D3250047E0E4002E013801F500130267274C05709995063797210523821001EF723900D10FAC032BDB3C06C2017705A91F3B05EC8D82053634830078C67400A65A3700FBE123004C979F0129206900ABD14A0099F6E301598C6F004281F7007A695801FF9AC80018242304BD3463014A10160249DDA000AC10F401178802001229B50008AC4A029F06E30141806F036A66BA00F4DB21010798F70025CA5C00C45270032FDB5900CDF81E04CCD0B5003118190087420C00437C6D026BADB501634284020F34C000860C4003E0A563005B56DD01E2336A03C613710859B4080053D2C404F21A680193A15203AE352902D53256009D377A02F8C6640343F5D50083EBCF00003B1B0040F4C800DD5A760200D47F0320E51D01D139CC01C2080F00DA8A8C00C63D7502D2B4A00052D96D00413784005E4DA201983B7008FF946F0391376001E4FCF90042A5A40185D87E010EC8D500F2DC99021BD20B02665C020155134A0327733103C09C4C0088DCF201FD4335000B699A0134F97401160D03034A9828006D869C02CBD2D900C1121801C52F72034E2E2A018D7F04065419B405A7BF63004AB7500056CC7503CC62B2002CC86B024C1D45004A9827015007A0012D3B140118AA5A069B15CE0360302B02E8B50701DC886000C45D50008C555901CA65BC06D0F7E604DDD456000E7EB20142B35701','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,4.64490259188044374e-01,'“approve” (decide, done) by Members','The Fire and Police Commission has a new executive director. Members approved the mayor''s choice on a 5-2 vote after a closed session.

The director oversees a staff of 18 that investigates complaints, gives hiring tests and writes reports. The job had been open since summer.

Commissioners also approved the promotion of three lieutenants to captain and of nine firefighters to heavy equipment operator. The promotions take effect Sunday.

She comes from the city attorney''s office and starts Jan. 6. Among the first things on her desk will be a backlog of 61 complaints, some of them more than a year old.

The two members who voted no said they had wanted a national search. The mayor''s office replied that the law sets no such requirement.');
INSERT INTO "article" VALUES(56,'http://news.example/pages/lakefront-ledger/2019-12-13-milwaukee-panel-warrant-rule.html','Panel strips exceptions from police immigration rule, sends it to full commission','8d908028122c30c3b8588a5c180fc6e52ed3ac1ae521fa9d7512ebaafe92f7d7','2019-12-13','2019-12-13 12:05:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'9ab42dd3b374',X'25A2AB01D4641B0152941D00AA880400364D5D04D266CD00F9F02E008A1D18037DBE8601ED567C03F9775500DE64C8007BA0F20083643E01C04E500159CD0801F74A1800C79010010572280176F9240062FB8A0019964C00A939100439AF1F03312C9500EF614B029CA28C0149D497026A142500ACBE3F023441DC008267C5008DE33E02678BD2064A5D0C01B31F4503E6714C006CCB14016D1AE101772F240124A7F40439D4090025CA5C00CED0B3004D9C05018710020234782F02F18BD80237063A043F6CBE003BF662004D6EBE036B3E0A0336EE010080721F028F051B001654750016027802598D8A004D41110209081E03A4D9340004F3650011C8F401CFE0C40587A5B702EA0A6E031217BA0060CB90009382290055DFCF00F7B53E0191A522018E256C02FCED2E01874EA30269EA8D046E7A6103FB4E2C0047FF0E063D33060006207A01FC87AE00D557D1051842ED081F8D3D01FEFE970304A492027B92F401AC94F500A273FB0001FD860073774901D39B230078191000A2761E04D81F8301AE4F8402363F110006EB400296935E008936C400679B0C029EC412013F9E55006A4F32013F33BD00A1AE1300B24C94009AC62800B4E11304C5DD86007A6AA401DCB0BE02AFCA19006EC3E101C2684202FB7B9A003D5A1500C2802500E497ED01D5FA9202B5BAC601A050470057080902FA797600AB524F003CE5EF01','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.05068547546165835e-01,'“strip from” (regulate, done) by Panel','No judge, no help. That is how Milwaukee police would have to answer immigration agents under a rewrite of Standard Operating Procedure 130 that cleared a committee of the Fire and Police Commission on Thursday night.

The version that Chief Alfonso Morales brought to the table listed six situations in which his officers could still assist with an administrative warrant, the kind that Immigration and Customs Enforcement signs for itself. The three members of the policies and standards committee struck all six and then endorsed the rest unanimously.

The full commission is to take up the recommendation on Dec. 18. Until then the present procedure remains in use.

More than a hundred people came, many of them in support of Jose de la Cruz, the man whose arrest in September set off the debate. He was released this week after 79 days in custody.

The police union did not speak at the meeting. A supporter of the chief''s list told the panel that it covered only people accused of serious crimes.');
INSERT INTO "article" VALUES(57,'http://news.example/pages/lakefront-ledger/2019-10-18-milwaukee-judicial-warrant-draft.html','Draft police rule would ask immigration agents for a judge''s signature','ec6b5f2233814c4d9a92245c877580c7d645d33c66d08b46446ee9ff79dcfd5e','2019-10-18','2019-10-18 14:30:00.000000','Lakefront Ledger','ocd-division/country:us/state:wi/place:milwaukee',1,'ed8d89eb3cdd',X'4F0DB700B03FD800A3E44100A1D54A002DECD000EFCE7701AABFAD005A87380457C9670043590902CAA7100117FB3F008223240078F17A03D7714201FED807003D5538007F15E500085C52016FCD6A0057921F01F40EDD0118275B0091723200C1FC0300FCA6440573368C002A96FA003B8A26013D604200EA9FF90091F3F70087E992018CBD9B0163264C01AA258F003F8D9A006A411100CB68D800EE497801713B1300A625130025CA5C00F8EB76005601E70144DB5E00B0909500A11F540111E86600B62B73007C100C02B8CA3700BDEE5C0046A3B4052F3E0E01555E6D00E4E9530083FB270038F269046774D800A09AC9001E6A3501A55C5200F32728003E750F0188621D02026C01025F8669003EF2420191C2E500A0E9E501368B8A001E988504574FBA005DDA2B02DEE0F600C48B14006385A001E1A770000E32530245326700F26F91019363B8003B912B017D8640038434030139C53602D89FD603079B3A0003A8E4018FE6C200C82E3D0123505F015F8A5500280D3800D091F1005A9FB50467403E006AAFB400BC4D1501A9BA7102CE9813050D615201448294037B5F850213FF4900D1907202D9DB0C00B24C9400E5F2FC011CEB5700302056012E159B03C967F7010AF6060062EE2602C2684202CC51DD0085939301C2802500A1166D0040DCEF03D7A1F9030CB13003B70EA40092DBF80071F76505812B2D04','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,5.57778111735667381e-01,'“send to committee” (propose, done) by Commissioners','Federal agents who want help from Milwaukee police would first have to show a warrant signed by a judge, according to a draft that the Police Department handed to the Fire and Police Commission on Thursday.

There is a catch, and it is the part that people lined up to talk about. The draft of Standard Operating Procedure 130 still lets officers assist whenever they believe the person being sought is a danger to the public.

Voces de la Frontera turned in a competing version that contains the warrant rule without the escape clause. Its members filled most of the seats in the third-floor hearing room.

The issue has been simmering since September, when a cellphone video showed city officers standing by as immigration agents took a man from his car while his family watched.

Commissioners asked few questions and sent both drafts to their policies and standards committee. The commission, a civilian board appointed by the mayor, has the last word on police procedures in Milwaukee.

Besides the warrant language, the department''s draft would tidy up how officers certify paperwork for crime victims who apply for U visas.');
INSERT INTO "article" VALUES(59,'http://news.example/pages/live-oak-monitor/2021-05-11-austin-camping-ban-takes-effect.html','Camping ban is law again; first month brings only warnings','7222578ee20ca1dfe8ddf9f634444025428d00f1d2e121285a1d78731e8d4a7b','2021-05-11','2021-05-11 20:00:00.000000','Live Oak Monitor','ocd-division/country:us/state:tx/place:austin',6,'ca80d19acfbc',X'D9B73F008B9C550129BDB205B9EDC500473FAD002D694E01A4DCE200DD7DD5038BF49D080F2D0C0036B38F00C515B403AB4DA101A1BE8300797830019B03A80348336400C16B9E00BD05020170B04600F0745D01AD7543050CE6C70179907D02B692AD02F63E82029A5474044D0D3A00387457002A39D30199428D008CA64D03BA2ACD000A069E00D58BFF02B34DE100ED9C77007406390026281500D381EC003F6EBF0052F25000E243B800D0B74C02E69C4F00D5546702F55BC9027A94DE0103B0800058C814033B153D0073DE7A01FD949D00EE9F980228D66F00BBA00D00C881C20275D33F0016905B004CD70C01C6EDA6003231F601A49343004BE442037D55AA03EA4203056A3569007A064300F8DA740081226A04DDED6A004BE407004637BD008BA08703828AB0020B08020011D48100FA3D1601FCCB7C03DFFF77079CAE2E0087B75B006E936D00C8892E012EDAB40252353F018B3B790277E85101EB97F001E8A6D2003F05B40254584C00BE3902006BCE08007E78B7030AB28D029468AE05A8C7000039D6CD003CF7780009E62E0099256402A9FF050182621A0434D755035F2DD800478FE801EF854E00A7F9900050FD7604652171016D633D00A7234E013ABCC700EC598C009B75850129351102615AEB016BC99102FE04DB03C4A09800475C590100EC6404B6A84603ECC0E805F8993703A8FAAA013A330C01','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,6.63256305939176504e-01,'“take effect” begins to bind by a body not named','A ban on camping in public took effect in Austin today, but nobody will be handcuffed over it this week.

City officials laid out four phases at a news conference. For 30 days officers will talk to people and hand out leaflets. Written warnings and a few citations follow in the second month, arrests and cleared camps no earlier than the third.

Outside City Hall, about two dozen people had set up tents in protest. One man said that he had been waiting for an apartment for seven months.

Save Austin Now, which put the ordinance on the ballot, accused the city of dragging its feet. The interim police chief answered that jailing thousands of people was neither possible nor the point.

State lawmakers, meanwhile, are weighing a bill that would forbid camping everywhere in Texas.');
INSERT INTO "article" VALUES(60,'http://news.example/pages/live-oak-monitor/2019-10-18-austin-sidewalk-camping-ban.html','Council puts sidewalks back off limits to tents','f43cd656da99f9e6d754cbe5f5487830583710ae1c5351545fc176953c549188','2019-10-18','2019-10-18 11:45:00.000000','Live Oak Monitor','ocd-division/country:us/state:tx/place:austin',6,'98ca1d658f30',X'BC4660008515790029985705D9067202BC5E120020A76402AA60450131414F088F9A9000C01C9D00783328002438FC005B7922008D4FAA00345F1901BFA58400BB137701E7BF83035A83090330B3DB00C2AD4A032420E900026E8901044594029920ED083B3D37011BA28009091CBC01AF283A00026C3800EE8A1005AF84250246554101705B5202F4E47604023BA301424F460074E80B01640C2F021EE938015FB7A604A554A70025BC11017BC67E005AE52803694AD400A1AED10223B5420201D8C0020D2EAF01ABE9CE01C9514B00F917DB006FE76B00B51A2A04E8AECC047CCD4F02B43B5400FAB3D1007AE08A0315EAEC030962FF012547B003FA46B80036C36D0024E3A604E95B63033DEF1E01DA5FBA02E438F705F49959021631490078E11B0195F0310234E82305DA8A8C003804C70757D99600A7F73A01E3B6EE0062BAFF00AB572501B1D12D000CCC4800BC8C8100FF566E019836BD00787DBF01773D4D0112995505A74514007AB8080072B8040048755E00BD5EFA0153EFF50014ACE9018170DD00EF074500C53F4C0276823A01523D32048CFF460140439602E0CFED0616110F033F4C9A01BB47A003BC456A01235AEC01D4731902D52BAB026C2B120221235E00FBAA050037E2C608C4018601CF24CC01AE1CED00683DF002249B11041DAFE80291F3B70114899206D096760063468200A8FAAA016E33FE04','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.50241598453010483e-01,'“vote” to “prohibit” (regulate, done) by Members','Four months after it swept away most limits on camping in public, the Austin City Council has taken some of that back.

Members voted 7-4 Thursday to prohibit camping on every sidewalk in the city, outside the doors of businesses and around the downtown shelter on Seventh Street. Camping elsewhere in public remains legal.

The four who voted no did so for opposite reasons. Some thought the ban far too narrow. One feared that it would only move people from the pavement to the creek beds, where it floods.

The council repealed the earlier ordinance in June. Since then the governor has written letters demanding that the city change course, and a petition drive has begun.

Staff members were told to report on how the rule is being enforced early next year.');
INSERT INTO "article" VALUES(61,'http://news.example/pages/live-oak-monitor/2019-06-21-austin-eases-camping-rules.html','After six hours of testimony, Austin loosens its rules on camping and panhandling','d99f48278cc1eb6e760ca2509ac4ca890cd733a8903a1d63035e41a6370dc1be','2019-06-21','2019-06-21 13:30:00.000000','Live Oak Monitor','ocd-division/country:us/state:tx/place:austin',6,'700fbd378985',X'D9B73F008C34330344017D00B9EDC50084D1AF010A779E008F0A0600EDC400024F465901BC4A4501FF8949002200CA0086196D02C5096800123E4E01FF7D8601E2CC48045AFF6E0089D4930087B384018FA3E701E6D59F01749C4D00B83EC0009FAF4E0023B427057F7CEE000BE75901ACFFFB00E4110501586B8901E3F21400AC4C6200C56FB4010A1A2500CB5DC002D200720032E3C800FA261200AB565E01D50F8702768DC6009C29110080155501B953CD009C158D00B42EAA039C1BC701FA4A01034E1189003AEE690045C04C00A824F203B1F9490362274704300E4F0064A17701B527C2000655D2041BD132000C385300B369C7009990B201B2EB720048B5B40084757400FF479F02CE65FB00DE383F01AFF9C5016046AF0062251300692DBB061637E800411312011E04510455ACC500F25EF200132AA500585B5D00B57B5801545F150128815E00D30D4902390D57004F6BC1021D17840131200B0210107E014808950458CD0600CE1FDF033D9762005E7A220017F6F300C3943F00E13ABE00D4F70700426CEC03D9D37501136C0C010F7B120181D63E014567C900D5703704D8E012017B985102C10D08005AD6D2002A083A00E8DC780191E169008CA00801EC41CC00A1BF4100470F8900A014F60074361C0247D50005E0E37000F6628E00C53838021137FF01CC77C1026ADB1203EE90CA00F2041F007A83EF03','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2',1,9.66293236448914294e-01,'“repeal” (end, done) by The City Council','People with nowhere else to sleep will soon be able to pitch a tent in many public places in Austin without fear of a ticket.

The City Council on Thursday repealed most of an ordinance that had made camping, sitting and lying down a crime across much of the city. It also did away with a ban on asking strangers for money. The changes take effect July 1.

Officers can still act if a person blocks a path, threatens someone or puts anybody''s health at risk. Sleeping in city parks after hours remains against park rules, which the council left alone.

The debate went on until well after dark. Downtown merchants predicted that visitors would stay away. Social workers said that a citation for sleeping follows people for years and keeps them out of apartments.

The old ordinance dates from 1996. City auditors found that officers wrote about 18,000 citations under it and its sister rules over three years, and that most ended in warrants.');
CREATE TABLE bounce (
	id INTEGER NOT NULL, 
	subscriber_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	status VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	hard BOOLEAN NOT NULL, 
	CONSTRAINT pk_bounce PRIMARY KEY (id), 
	CONSTRAINT fk_bounce_subscriber_id_subscriber FOREIGN KEY(subscriber_id) REFERENCES subscriber (id) ON DELETE CASCADE, 
	CONSTRAINT uq_bounce_key UNIQUE ("key")
);
CREATE TABLE edition (
	id VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	html VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	bulk BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_edition PRIMARY KEY (id)
);
INSERT INTO "edition" VALUES('56496cff7ba3986fd11042e66b319702b1d0a982ebd6f8c29cfff2917f58ef82','Nothing new found, 1 of 1 feed healthy','<!DOCTYPE html><html lang="en"><head><style>@media (prefers-color-scheme: dark) {
  body, h1, h3, .when, blockquote { color: #e9e6df !important; }
  body { background: #161719 !important; }
  h2 { border-color: #e9e6df !important; }
  .quiet, .source, .place, .foot { color: #aaa69c !important; }
  .entry, blockquote { border-color: #37393d !important; }
  .proposed { color: #b0b6c4 !important; }
  .adopted { color: #8ebaf0 !important; }
  .effective { color: #81cba5 !important; }
  .rescinded { color: #e5ae6d !important; }
  .rejected { color: #f0a099 !important; }
  .blocked { color: #c6a8ef !important; }
} </style>
<meta charset="utf-8">
<title>Nothing new found, 1 of 1 feed healthy</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">

</head>
<body style="margin: 0;padding: 0;background: #fcfbf8;color: #1d1c1a;font: 16px/1.5 -apple-system, ''Segoe UI'', Roboto, ''Helvetica Neue'', ''Liberation Sans'', Arial, sans-serif;">
<main class="sheet" style="max-width: 600px;margin: 0 auto;padding: 24px 20px 40px;overflow-wrap: anywhere;">
<h1 dir="auto" style="font: 600 26px/1.2 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 0 0 6px;">Nothing new found, 1 of 1 feed healthy</h1>
<p class="quiet" style="margin: 0;color: #5d5a54;font-weight: 400;font-size: 14px;">November 26, 2026</p>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">Nothing new was found, and nothing that you were told has changed.</p>
<h2 style="font: 600 20px/1.3 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 36px 0 4px;padding-top: 14px;border-top: 2px solid #1d1c1a;">Who was listened to</h2>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">1 of 1 feed healthy.</p>
<h2 style="font: 600 20px/1.3 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 36px 0 4px;padding-top: 14px;border-top: 2px solid #1d1c1a;">Why you get this</h2>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">You follow:</p>
<ul class="changed" style="margin: 6px 0 0;padding: 0 0 0 20px;">
<li dir="auto">Milwaukee, Wisconsin: Immigration</li>
</ul>
<p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;">Report an error: desk@example.org</p><p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;"><a href="https://tracker.example.org/preferences/the-token-of-the-reader" style="color: inherit;">Change what you get</a></p><p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;"><a href="https://tracker.example.org/unsubscribe/the-token-of-the-reader" style="color: inherit;">No more of these mails</a></p></main>

</body></html>','Nothing new found, 1 of 1 feed healthy
November 26, 2026

Nothing new was found, and nothing that you were told has changed.

Who was listened to
===================

1 of 1 feed healthy.

Why you get this
================

You follow:
- Milwaukee, Wisconsin: Immigration

-- 
Report an error: desk@example.org
Change what you get: https://tracker.example.org/preferences/the-token-of-the-reader
No more of these mails: https://tracker.example.org/unsubscribe/the-token-of-the-reader
',1,'2026-11-26 20:08:21.388695');
INSERT INTO "edition" VALUES('fb7b83cf592e5fe07c68c6407c12466f1cea67708e0cdea8a331661a26b26a74','Nothing new found, 10 of 13 feeds healthy','<!DOCTYPE html><html lang="en"><head><style>@media (prefers-color-scheme: dark) {
  body, h1, h3, .when, blockquote { color: #e9e6df !important; }
  body { background: #161719 !important; }
  h2 { border-color: #e9e6df !important; }
  .quiet, .source, .place, .foot { color: #aaa69c !important; }
  .entry, blockquote { border-color: #37393d !important; }
  .proposed { color: #b0b6c4 !important; }
  .adopted { color: #8ebaf0 !important; }
  .effective { color: #81cba5 !important; }
  .rescinded { color: #e5ae6d !important; }
  .rejected { color: #f0a099 !important; }
  .blocked { color: #c6a8ef !important; }
} </style>
<meta charset="utf-8">
<title>Nothing new found, 10 of 13 feeds healthy</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">

</head>
<body style="margin: 0;padding: 0;background: #fcfbf8;color: #1d1c1a;font: 16px/1.5 -apple-system, ''Segoe UI'', Roboto, ''Helvetica Neue'', ''Liberation Sans'', Arial, sans-serif;">
<main class="sheet" style="max-width: 600px;margin: 0 auto;padding: 24px 20px 40px;overflow-wrap: anywhere;">
<h1 dir="auto" style="font: 600 26px/1.2 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 0 0 6px;">Nothing new found, 10 of 13 feeds healthy</h1>
<p class="quiet" style="margin: 0;color: #5d5a54;font-weight: 400;font-size: 14px;">November 26, 2026</p>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">Nothing new was found, and nothing that you were told has changed.</p>
<h2 style="font: 600 20px/1.3 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 36px 0 4px;padding-top: 14px;border-top: 2px solid #1d1c1a;">Who was listened to</h2>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">10 of 13 feeds healthy.</p>
<p class="quiet" style="margin: 0;color: #5d5a54;font-weight: 400;font-size: 14px;"><bdi>County Bulletin</bdi> is silent: <bdi>the answer is a web page, not a feed</bdi></p>
<p class="quiet" style="margin: 0;color: #5d5a54;font-weight: 400;font-size: 14px;"><bdi>Prairie Signal</bdi> is silent: <bdi>the answer begins like a feed, but holds neither a title nor an item</bdi></p>
<p class="quiet" style="margin: 0;color: #5d5a54;font-weight: 400;font-size: 14px;"><bdi>Valley Echo</bdi> is silent: <bdi>the server answered HTTP 404</bdi></p>
<h2 style="font: 600 20px/1.3 Charter, Palatino, ''Liberation Serif'', Georgia, serif;margin: 36px 0 4px;padding-top: 14px;border-top: 2px solid #1d1c1a;">Why you get this</h2>
<p class="gap" style="color: inherit;margin: 0;margin-top: 12px;">You follow:</p>
<ul class="changed" style="margin: 6px 0 0;padding: 0 0 0 20px;">
<li dir="auto">all places</li>
</ul>
<p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;">Report an error: desk@example.org</p><p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;"><a href="https://tracker.example.org/preferences/the-token-of-the-reader" style="color: inherit;">Change what you get</a></p><p class="foot" style="margin: 0;color: #5d5a54;font-size: 14px;padding-top: 12px;"><a href="https://tracker.example.org/unsubscribe/the-token-of-the-reader" style="color: inherit;">No more of these mails</a></p></main>

</body></html>','Nothing new found, 10 of 13 feeds healthy
November 26, 2026

Nothing new was found, and nothing that you were told has changed.

Who was listened to
===================

10 of 13 feeds healthy.
- County Bulletin is silent: the answer is a web page, not a feed
- Prairie Signal is silent: the answer begins like a feed, but holds
  neither a title nor an item
- Valley Echo is silent: the server answered HTTP 404

Why you get this
================

You follow:
- all places

-- 
Report an error: desk@example.org
Change what you get: https://tracker.example.org/preferences/the-token-of-the-reader
No more of these mails: https://tracker.example.org/unsubscribe/the-token-of-the-reader
',1,'2026-11-26 20:08:21.388695');
CREATE TABLE "entry" (
	id VARCHAR NOT NULL, 
	policy VARCHAR NOT NULL, 
	jurisdiction VARCHAR NOT NULL, 
	jurisdiction_name VARCHAR NOT NULL, 
	candidates JSON NOT NULL, 
	body VARCHAR NOT NULL, 
	instrument VARCHAR NOT NULL, 
	identifier VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	score FLOAT NOT NULL, 
	revision INTEGER NOT NULL, 
	locked JSON NOT NULL, 
	need FLOAT NOT NULL, 
	CONSTRAINT pk_entry PRIMARY KEY (id), 
	CONSTRAINT fk_entry_policy_policy FOREIGN KEY(policy) REFERENCES policy (id)
);
INSERT INTO "entry" VALUES('f28f41e84124','c50f46246370','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','Milwaukee Police Department','revised standard operating procedures','','immigration','immigration procedures standard operating agents','adopted','2017-06','relative','Milwaukee Police Department adopts revised standard operating procedures: immigration enforcement','pending',0.904,2,'[]',1.0);
INSERT INTO "entry" VALUES('6e05912daea6','c50f46246370','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','Milwaukee Police Department','revised standard operating procedures','','immigration','procedures immigration operating agents','effective','2017-07-06','relative','Milwaukee Police Department’s revised standard operating procedures take effect: immigration enforcement','pending',0.773,2,'[]',1.908);
INSERT INTO "entry" VALUES('698727670b75','d4642cf6941c','ocd-division/country:us/state:ak/place:anchorage','Anchorage','[]','Anchorage Assembly','ordinance','','environment','bags plastic disposable anchorage checkout counters','adopted','2018-08-28','relative','Anchorage Assembly adopts ordinance: plastic bags','confirmed',0.99,2,'["evidence", "status"]',0.0);
INSERT INTO "entry" VALUES('5d46e52f107d','d4642cf6941c','ocd-division/country:us/state:ak/place:anchorage','Anchorage','[]','Anchorage Assembly','ban','','environment','bags anchorage dissent stores months','adopted','2018-12-18','relative','Anchorage Assembly adopts ban: plastic bags','rejected',0.945,2,'["evidence", "status"]',0.0);
INSERT INTO "entry" VALUES('0e6e5647fb0d','d4642cf6941c','ocd-division/country:us/state:ak/place:anchorage','Anchorage','[]','Anchorage Assembly','ban','','environment','bags anchorage stores months','effective','2019-09-15','stated','Anchorage Assembly’s ban takes effect: plastic bags','pending',0.846,1,'[]',1.0);
INSERT INTO "entry" VALUES('df16277a3212','9825b8449f18','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','Milwaukee Fire and Police Commission','','','immigration','warrant judge officers immigration arrests case','adopted','2019-12-18','relative','Milwaukee Fire and Police Commission adopts policy: immigration enforcement','pending',0.927,1,'[]',1.0);
INSERT INTO "entry" VALUES('cede477c54c0','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','City of Austin','ordinance','','homelessness','camp homelessness camping crime','adopted','2021-05-01','relative','City of Austin adopts ordinance: camping in public','pending',0.898,1,'[]',1.0);
INSERT INTO "entry" VALUES('6c631be971c9','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','City of Austin','ban on camping in public','','homelessness','camping spokesperson','effective','2021-05-11','stated','City of Austin’s ban on camping in public takes effect','pending',0.9897,2,'[]',0.0);
INSERT INTO "entry" VALUES('ba6e94473571','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','Austin City Council','earlier ordinance in June','','homelessness','earlier sidewalks tents','rescinded','2019-06','stated','Austin City Council rescinds ordinance in June: camping in public','pending',0.9181,2,'[]',0.0);
INSERT INTO "entry" VALUES('7a4c63a8a73b','9546537d927f','ocd-division/country:us/state:tx/place:austin','Austin','[]','City of Austin','sanctuary','','immigration','cities inmates officers country','adopted','2017-05-07','relative','City of Austin adopts policy: sanctuary status','pending',0.866,1,'[]',1.0);
INSERT INTO "entry" VALUES('e9e7338ac777','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','Austin City Council','most of an ordinance','','homelessness','camping hours crime testimony panhandling','rescinded','2019-06-20','relative','Austin City Council rescinds ordinance: camping in public','pending',0.87,1,'[]',1.0);
INSERT INTO "entry" VALUES('d974f76a667d','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','Austin City Council','hours','','homelessness','hours camping testimony panhandling','effective','2019-07-01','stated','Austin City Council’s policy takes effect: camping in public','pending',0.735,1,'[]',2.06);
INSERT INTO "entry" VALUES('28ed9a7bf3a6','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','City of Austin','old ordinance','','homelessness','hours camping testimony panhandling','adopted','1996','stated','City of Austin adopts ordinance: camping in public','pending',0.938,1,'[]',1.0);
INSERT INTO "entry" VALUES('2ace09ec4088','c50f46246370','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','City of Milwaukee','rule','','immigration','agents immigration judge signature','effective','2019-09','stated','City of Milwaukee’s rule takes effect: immigration enforcement','pending',0.622,1,'[]',2.512);
INSERT INTO "entry" VALUES('56e612a89763','c50f46246370','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','Milwaukee City Commission','standards','','immigration','agents questions immigration standards judge committee','proposed','2019-10-17','relative','Milwaukee City Commission considers standards: immigration enforcement','pending',0.578,1,'[]',2.688);
INSERT INTO "entry" VALUES('eebd76d085d2','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','Austin City Council','limits','','homelessness','sidewalks tents','rejected','2019-10-17','relative','Austin City Council rejects limits: camping in public','pending',0.801,1,'[]',1.0);
INSERT INTO "entry" VALUES('81d2245e09ca','542b7216c61c','ocd-division/country:us/state:tx/place:austin','Austin','[]','City of Austin','limits','','homelessness','camping sidewalk doors businesses downtown shelter','adopted','2019-10-17','relative','City of Austin adopts limits: camping in public','pending',0.933,1,'[]',1.0);
INSERT INTO "entry" VALUES('1851b72fccde','b09ab26217e1','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','City of Milwaukee','police immigration rule','sop 130','immigration','immigration panel exceptions','proposed','2019-12-12','relative','City of Milwaukee considers police immigration rule','pending',0.937,1,'[]',1.0);
INSERT INTO "entry" VALUES('ce34aa6dae98','af328f429835','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','City of Milwaukee','','','other','director choice promotions session','adopted','2019-12','reported','City of Milwaukee adopts policy','pending',0.952,1,'[]',1.0);
INSERT INTO "entry" VALUES('ea9c996dc053','af328f429835','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','City of Milwaukee','','','other','promotions director','effective','2019-12-22','relative','City of Milwaukee’s policy takes effect: police promotions','pending',0.758,1,'[]',1.968);
INSERT INTO "entry" VALUES('165a011dbeb0','af328f429835','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','City of Milwaukee','','','other','director attorney promotions','effective','2020-01-06','stated','City of Milwaukee’s policy takes effect','pending',0.68,1,'[]',2.28);
INSERT INTO "entry" VALUES('f804ede20594','d8cea559f21f','ocd-division/country:us/state:wi/place:milwaukee','Milwaukee','[]','Milwaukee Fire and Police Commission','Standard Operating Procedure 970','sop 970','stops-and-searches','prohibition evening raids','adopted','2021-11-18','relative','Milwaukee Fire and Police Commission adopts Standard Operating Procedure 970: no-knock warrants','pending',0.959,1,'[]',1.0);
CREATE TABLE evidence (
	finding_id INTEGER NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (finding_id), 
	CONSTRAINT fk_evidence_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_evidence_finding_id_finding FOREIGN KEY(finding_id) REFERENCES finding (id) ON DELETE CASCADE
);
INSERT INTO "evidence" VALUES(4,'5d46e52f107d');
INSERT INTO "evidence" VALUES(5,'698727670b75');
INSERT INTO "evidence" VALUES(6,'0e6e5647fb0d');
INSERT INTO "evidence" VALUES(7,'698727670b75');
INSERT INTO "evidence" VALUES(14,'cede477c54c0');
INSERT INTO "evidence" VALUES(15,'6c631be971c9');
INSERT INTO "evidence" VALUES(16,'ba6e94473571');
INSERT INTO "evidence" VALUES(22,'df16277a3212');
INSERT INTO "evidence" VALUES(28,'5d46e52f107d');
INSERT INTO "evidence" VALUES(29,'698727670b75');
INSERT INTO "evidence" VALUES(30,'0e6e5647fb0d');
INSERT INTO "evidence" VALUES(34,'f28f41e84124');
INSERT INTO "evidence" VALUES(35,'6e05912daea6');
INSERT INTO "evidence" VALUES(37,'7a4c63a8a73b');
INSERT INTO "evidence" VALUES(64,'f28f41e84124');
INSERT INTO "evidence" VALUES(65,'6e05912daea6');
INSERT INTO "evidence" VALUES(73,'f804ede20594');
INSERT INTO "evidence" VALUES(74,'ce34aa6dae98');
INSERT INTO "evidence" VALUES(76,'ea9c996dc053');
INSERT INTO "evidence" VALUES(77,'165a011dbeb0');
INSERT INTO "evidence" VALUES(78,'1851b72fccde');
INSERT INTO "evidence" VALUES(79,'56e612a89763');
INSERT INTO "evidence" VALUES(80,'2ace09ec4088');
INSERT INTO "evidence" VALUES(81,'6c631be971c9');
INSERT INTO "evidence" VALUES(82,'81d2245e09ca');
INSERT INTO "evidence" VALUES(83,'ba6e94473571');
INSERT INTO "evidence" VALUES(84,'eebd76d085d2');
INSERT INTO "evidence" VALUES(85,'e9e7338ac777');
INSERT INTO "evidence" VALUES(86,'28ed9a7bf3a6');
INSERT INTO "evidence" VALUES(87,'d974f76a667d');
CREATE TABLE feed (
	id INTEGER NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	site VARCHAR NOT NULL, 
	home VARCHAR, 
	added_at DATETIME NOT NULL, 
	retired_at DATETIME, 
	next_poll DATETIME, 
	polled_at DATETIME, 
	heard_at DATETIME, 
	changed_at DATETIME, 
	interval_s INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	errors INTEGER NOT NULL, 
	error VARCHAR NOT NULL, 
	error_kind VARCHAR NOT NULL, 
	etag VARCHAR NOT NULL, 
	modified VARCHAR NOT NULL, 
	body_hash VARCHAR NOT NULL, 
	CONSTRAINT pk_feed PRIMARY KEY (id), 
	CONSTRAINT uq_feed_url UNIQUE (url)
);
INSERT INTO "feed" VALUES(1,'http://news.example/feeds/lakefront-ledger.xml','Lakefront Ledger','http://news.example/','ocd-division/country:us/state:wi/place:milwaukee','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:39:00.830558','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-36c8"','Thu, 26 Nov 2026 20:04:58 GMT','e2d331b8e2fd2485d5690a4bfdfe24ed8611c17cf7eb5826b14691e3b2dc9fe0');
INSERT INTO "feed" VALUES(2,'http://news.example/feeds/stumptown-standard.atom','Stumptown Standard','http://news.example/','ocd-division/country:us/state:or/place:portland','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:39:13.815377','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-1f18"','Thu, 26 Nov 2026 20:04:58 GMT','2dbd0d35031e6c21c7488093201cc8119567c7636c4f52662156cb458eae2d39');
INSERT INTO "feed" VALUES(3,'http://news.example/feeds/crescent-dispatch.xml','Crescent Dispatch','http://news.example/','ocd-division/country:us/state:la/place:new_orleans','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:36:47.760784','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-12d4"','Thu, 26 Nov 2026 20:04:58 GMT','d9d9e0f1731ce8c09c30cb1b3b40aab75b260547beac905053ce9c15d3a48cd9');
INSERT INTO "feed" VALUES(4,'http://news.example/feeds/casco-bay-banner.xml','Casco Bay Banner','http://news.example/','ocd-division/country:us/state:me/place:portland','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:37:16.673013','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dba26786-a2c"','Thu, 26 Nov 2026 20:04:58 GMT','11660e4db5399c1841d506b605e14127cace871133c4f98bda86d90a604a5673');
INSERT INTO "feed" VALUES(5,'http://news.example/feeds/chugach-sentinel.xml','Chugach Sentinel','http://news.example/','ocd-division/country:us/state:ak/place:anchorage','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:38:53.091141','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dbc834a3-1e9f"','Thu, 26 Nov 2026 20:04:58 GMT','a0ddcbe592a9c17b1cbdbdf65a1f376563d8f118dc4dbd656e16d1459bb56c7b');
INSERT INTO "feed" VALUES(6,'http://news.example/feeds/live-oak-monitor.xml','Live Oak Monitor','http://news.example/','ocd-division/country:us/state:tx/place:austin','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:38:20.345245','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-1b7a"','Thu, 26 Nov 2026 20:04:58 GMT','806dadd8f61756b0b1455e9c8afffda00b3d9c6b53306d87278e290a036313c4');
INSERT INTO "feed" VALUES(7,'http://news.example/feeds/congaree-courier.xml','Congaree Courier','http://news.example/','ocd-division/country:us/state:sc/place:columbia','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:39:28.770625','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-2e9a"','Thu, 26 Nov 2026 20:04:58 GMT','dc0125c329c6102f8e19763889fbb0a8951679f09eb9a84bcc97a98bf3d4caca');
INSERT INTO "feed" VALUES(8,'http://news.example/feeds/iowa-river-gazette.atom','Iowa River Gazette','http://news.example/','ocd-division/country:us/state:ia/county:johnson','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:38:04.189735','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-1e3e"','Thu, 26 Nov 2026 20:04:58 GMT','5a6063bba2b29aad0f59b98e9423f6118a8b073dee41b493d75ddb05c9371cf0');
INSERT INTO "feed" VALUES(9,'http://news.example/feeds/city-hall-clippings.xml','City Hall Clippings','http://news.example/',NULL,'2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:36:49.974614','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-8e69"','Thu, 26 Nov 2026 20:04:58 GMT','2afc83ed065708a7f53410fc06b0230f9c94e7e3d5cf98a09d2eb4a914c01a0b');
INSERT INTO "feed" VALUES(10,'http://news.example/feeds/fox-cities-banner.xml','Fox Cities Banner','http://news.example/','ocd-division/country:us/state:wi/place:appleton','2022-09-01 12:00:00.000000',NULL,'2022-09-01 12:38:14.799029','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000','2022-09-01 12:00:00.000000',2160,0,0,'','','"18ebb101dc1d737c-eb3"','Thu, 26 Nov 2026 20:04:58 GMT','78b9ed9b22ab71887ced17a6f2386125244a7ba1c89b2f67695ba1b44fbd4ace');
INSERT INTO "feed" VALUES(11,'http://news.example/feeds/prairie-signal.xml','Prairie Signal','','ocd-division/country:us/state:il/place:springfield','2022-09-01 12:00:00.000000',NULL,'2022-09-01 18:26:57.923497','2022-09-01 12:00:00.000000',NULL,NULL,3600,0,1,'the answer begins like a feed, but holds neither a title nor an item','hard','','','');
INSERT INTO "feed" VALUES(12,'http://news.example/feeds/county-bulletin.xml','County Bulletin','','ocd-division/country:us/state:wi/county:dane','2022-09-01 12:00:00.000000',NULL,'2022-09-01 18:21:30.357611','2022-09-01 12:00:00.000000',NULL,NULL,3600,0,1,'the answer is a web page, not a feed','hard','','','');
INSERT INTO "feed" VALUES(13,'http://news.example/feeds/valley-echo.xml','Valley Echo','','ocd-division/country:us/state:or/place:springfield','2022-09-01 12:00:00.000000',NULL,'2022-09-01 18:03:37.505484','2022-09-01 12:00:00.000000',NULL,NULL,3600,0,1,'the server answered HTTP 404','hard','','','');
CREATE TABLE finding (
	jurisdiction_name VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	instrument VARCHAR NOT NULL, 
	identifier VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	jurisdiction VARCHAR, 
	candidates JSON NOT NULL, 
	stage VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	quote VARCHAR NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	"primary" BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE, 
	CONSTRAINT uq_finding_article_id_ordinal UNIQUE (article_id, ordinal)
);
INSERT INTO "finding" VALUES('Anchorage','Anchorage Assembly','ban','','environment','bag dissent stores stock','ocd-division/country:us/state:ak/place:anchorage','[]','adopted','2018-12-18','relative','The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.',78,167,0.945,1,4,7,0);
INSERT INTO "finding" VALUES('Anchorage','City of Anchorage','ordinance','','environment','bag bags paper pallets stores stock','ocd-division/country:us/state:ak/place:anchorage','[]','adopted','2018-08','stated','Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.',204,368,0.86,0,5,7,1);
INSERT INTO "finding" VALUES('Anchorage','Anchorage Assembly','ban','','environment','bag stores stock','ocd-division/country:us/state:ak/place:anchorage','[]','effective','2019-09-15','stated','The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.',78,167,0.846,0,6,7,2);
INSERT INTO "finding" VALUES('Anchorage','Anchorage Assembly','','','environment','bags plastic disposable anchorage checkout counters','ocd-division/country:us/state:ak/place:anchorage','[]','adopted','2018-08-28','relative','By a vote of 9-2, the Anchorage Assembly on Tuesday night outlawed disposable plastic bags at checkout counters.',83,195,0.949,1,7,9,0);
INSERT INTO "finding" VALUES('Austin','City of Austin','ordinance','','homelessness','camp homelessness camping crime','ocd-division/country:us/state:tx/place:austin','[]','adopted','2021-05-01','relative','Voters on Saturday told City Hall to reverse itself on homelessness, approving an ordinance that once more makes it a crime to camp in public places.',9,158,0.898,1,14,13,0);
INSERT INTO "finding" VALUES('Austin','City of Austin','ordinance','','homelessness','camping spokesperson','ocd-division/country:us/state:tx/place:austin','[]','effective','2021-05-11','stated','The ordinance takes effect May 11, a city spokesperson said.',399,459,0.869,0,15,13,1);
INSERT INTO "finding" VALUES('Austin','Austin City Council','earlier ban','','homelessness','earlier camping','ocd-division/country:us/state:tx/place:austin','[]','rescinded','2019','stated','The City Council lifted the earlier ban in 2019.',461,509,0.485,0,16,13,2);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Fire and Police Commission','','','immigration','warrant judge officers immigration arrests case','ocd-division/country:us/state:wi/place:milwaukee','[]','adopted','2019-12-18','relative','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a serious one.',0,186,0.927,1,22,17,0);
INSERT INTO "finding" VALUES('Anchorage','Anchorage Assembly','date','','environment','bags anchorage dissent stores months','ocd-division/country:us/state:ak/place:anchorage','[]','adopted','2018-12-18','relative','The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.',90,179,0.94,1,28,21,0);
INSERT INTO "finding" VALUES('Anchorage','City of Anchorage','ordinance','','environment','bags anchorage paper pallets stores months','ocd-division/country:us/state:ak/place:anchorage','[]','adopted','2018-08','stated','Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.',216,380,0.861,0,29,21,1);
INSERT INTO "finding" VALUES('Anchorage','Anchorage Assembly','date','','environment','bags anchorage stores months','ocd-division/country:us/state:ak/place:anchorage','[]','effective','2019-09-15','stated','The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.',90,179,0.833,0,30,21,2);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Police Department','revised standard operating procedures','','immigration','immigration procedures standard operating agents','ocd-division/country:us/state:wi/place:milwaukee','[]','adopted','2017-06','relative','Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday.',220,346,0.889,1,34,25,0);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Police Department','revised standard operating procedures','','immigration','procedures immigration operating agents','ocd-division/country:us/state:wi/place:milwaukee','[]','effective','2017-07-06','relative','Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday.',220,346,0.737,0,35,25,1);
INSERT INTO "finding" VALUES('Austin','City of Austin','sanctuary','','immigration','cities inmates officers country','ocd-division/country:us/state:tx/place:austin','[]','adopted','2017-05-07','relative','Sheriffs who turn away requests to hold inmates can be fined, removed from office and even jailed, and officers anywhere may ask people whom they detain whether they are in the country legally.',183,376,0.866,0,37,26,1);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Police Department','revised standard operating procedures','','immigration','procedures standard immigrant operating','ocd-division/country:us/state:wi/place:milwaukee','[]','adopted','2017-06','relative','Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday.',220,346,0.904,1,64,47,0);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Police Department','revised standard operating procedures','','immigration','procedures operating immigrant','ocd-division/country:us/state:wi/place:milwaukee','[]','effective','2017-07-06','relative','Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday.',220,346,0.773,0,65,47,1);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee Fire and Police Commission','Standard Operating Procedure 970','sop 970','stops-and-searches','prohibition evening raids','ocd-division/country:us/state:wi/place:milwaukee','[]','adopted','2021-11-18','relative','The Fire and Police Commission wrote the prohibition into Standard Operating Procedure 970 on Thursday evening, at its first meeting since Jeffrey Norman became permanent chief.',112,289,0.959,1,73,54,0);
INSERT INTO "finding" VALUES('Milwaukee','City of Milwaukee','','','other','director choice promotions session','ocd-division/country:us/state:wi/place:milwaukee','[]','adopted','2019-12','reported','Members approved the mayor''s choice on a 5-2 vote after a closed session.',61,134,0.952,1,74,55,0);
INSERT INTO "finding" VALUES('Milwaukee','City of Milwaukee','','','other','promotions director','ocd-division/country:us/state:wi/place:milwaukee','[]','effective','2019-12-22','relative','The promotions take effect Sunday.',406,440,0.758,0,76,55,2);
INSERT INTO "finding" VALUES('Milwaukee','City of Milwaukee','','','other','director attorney promotions','ocd-division/country:us/state:wi/place:milwaukee','[]','effective','2020-01-06','stated','She comes from the city attorney''s office and starts Jan. 6.',442,502,0.68,0,77,55,3);
INSERT INTO "finding" VALUES('Milwaukee','City of Milwaukee','police immigration rule','sop 130','immigration','immigration panel exceptions','ocd-division/country:us/state:wi/place:milwaukee','[]','proposed','2019-12-12','relative','That is how Milwaukee police would have to answer immigration agents under a rewrite of Standard Operating Procedure 130 that cleared a committee of the Fire and Police Commission on Thursday night.',19,217,0.937,1,78,56,0);
INSERT INTO "finding" VALUES('Milwaukee','Milwaukee City Commission','standards','','immigration','agents questions immigration standards judge committee','ocd-division/country:us/state:wi/place:milwaukee','[]','proposed','2019-10-17','relative','Commissioners asked few questions and sent both drafts to their policies and standards committee.',783,880,0.578,1,79,57,0);
INSERT INTO "finding" VALUES('Milwaukee','City of Milwaukee','rule','','immigration','agents immigration judge signature','ocd-division/country:us/state:wi/place:milwaukee','[]','effective','2019-09','stated','The issue has been simmering since September, when a cellphone video showed city officers standing by as immigration agents took a man from his car while his family watched.',608,781,0.622,0,80,57,1);
INSERT INTO "finding" VALUES('Austin','City of Austin','ban on camping in public','','homelessness','camping warnings','ocd-division/country:us/state:tx/place:austin','[]','effective','2021-05-11','relative','A ban on camping in public took effect in Austin today, but nobody will be handcuffed over it this week.',0,104,0.921,1,81,59,0);
INSERT INTO "finding" VALUES('Austin','City of Austin','limits','','homelessness','camping sidewalk doors businesses downtown shelter','ocd-division/country:us/state:tx/place:austin','[]','adopted','2019-10-17','relative','Members voted 7-4 Thursday to prohibit camping on every sidewalk in the city, outside the doors of businesses and around the downtown shelter on Seventh Street.',120,280,0.933,1,82,60,0);
INSERT INTO "finding" VALUES('Austin','Austin City Council','earlier ordinance in June','','homelessness','earlier sidewalks tents','ocd-division/country:us/state:tx/place:austin','[]','rescinded','2019-06','stated','The council repealed the earlier ordinance in June.',510,561,0.841,0,83,60,1);
INSERT INTO "finding" VALUES('Austin','Austin City Council','limits','','homelessness','sidewalks tents','ocd-division/country:us/state:tx/place:austin','[]','rejected','2019-10-17','relative','Four months after it swept away most limits on camping in public, the Austin City Council has taken some of that back.',0,118,0.801,0,84,60,2);
INSERT INTO "finding" VALUES('Austin','Austin City Council','most of an ordinance','','homelessness','camping hours crime testimony panhandling','ocd-division/country:us/state:tx/place:austin','[]','rescinded','2019-06-20','relative','The City Council on Thursday repealed most of an ordinance that had made camping, sitting and lying down a crime across much of the city.',127,264,0.87,1,85,61,0);
INSERT INTO "finding" VALUES('Austin','City of Austin','old ordinance','','homelessness','hours camping testimony panhandling','ocd-division/country:us/state:tx/place:austin','[]','adopted','1996','stated','The old ordinance dates from 1996.',764,798,0.938,0,86,61,1);
INSERT INTO "finding" VALUES('Austin','Austin City Council','hours','','homelessness','hours camping testimony panhandling','ocd-division/country:us/state:tx/place:austin','[]','effective','2019-07-01','stated','The changes take effect July 1.',324,355,0.735,0,87,61,2);
CREATE TABLE item (
	id INTEGER NOT NULL, 
	feed_id INTEGER NOT NULL, 
	identity VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	summary VARCHAR NOT NULL, 
	content VARCHAR NOT NULL, 
	published DATETIME, 
	first_seen DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	next_try DATETIME, 
	error VARCHAR NOT NULL, 
	article_id INTEGER, 
	CONSTRAINT pk_item PRIMARY KEY (id), 
	CONSTRAINT fk_item_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE SET NULL, 
	CONSTRAINT fk_item_feed_id_feed FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE CASCADE, 
	CONSTRAINT uq_item_feed_id_identity UNIQUE (feed_id, identity)
);
INSERT INTO "item" VALUES(1,4,'g2f76dfc387c6c9f24dd28d80','http://news.example/pages/casco-bay-banner/2020-08-06-portland-forbids-face-recognition.html','City employees, police may not use facial recognition','It took three tries, but Portland has a ban on facial recognition.','','2020-08-06 10:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(2,4,'gb0cf3c861bf0c648fcecc6ee','http://news.example/pages/casco-bay-banner/2020-02-13-harbor-master-dies.html','Longtime harbor master dies at 81','Elwood Tabor, who for a quarter of a century decided who tied up where on the Portland waterfront, died Sunday at his home on Peaks Island. He was 81.','','2020-02-13 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(3,4,'gd0a01b93db5d04e56b926773','http://news.example/pages/casco-bay-banner/2020-01-09-portland-council-puts-off-face-ban.html','Face scanning ban put off until June','Portland city councilors aren''t ready to decide whether to forbid a technology that the city doesn''t use.','','2020-01-09 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(4,4,'gbe2ab36d85c5c3cca4ec0c96','http://news.example/pages/casco-bay-banner/2018-08-23-grocer-drops-plastic-bags.html','Grocery giant to phase out plastic bags by 2025','CINCINNATI (Heartland Wire) — The nation''s largest supermarket chain said Thursday that it would stop offering plastic bags at checkout, beginning with a subsidiary in Seattle and …','','2018-08-23 16:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(5,5,'gaa98a997e7c1e4416cf65243','http://news.example/pages/chugach-sentinel/2019-09-13-anchorage-bag-ban-begins-sunday.html','Bring your own: bag ban begins Sunday','Starting Sunday, cashiers in Anchorage will stop offering plastic bags.','Starting Sunday, cashiers in Anchorage will stop offering plastic bags.

The municipality''s ban has been a year in the making, and some stores have not waited. A grocery in Spenard took down its plastic carousels in July. At a hardware store on the Old Seward Highway, a handwritten sign counts the days.

Code enforcement officers say they will begin with warnings. The first weeks are for answering questions, a supervisor said, not for writing tickets.

What counts as a bag? Anything with handles made of plastic, however thick. What about the roll in the produce aisle? That stays. So do bags for newspapers, frozen food and pet fish.

A paper bag costs a dime, and nobody has to pay more than 50 cents on one visit. Stores keep the money.

Sign up for our morning newsletter.','2019-09-13 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(6,5,'g75acd35c0a0410a54345ba96','http://news.example/pages/chugach-sentinel/2019-07-02-anchorage-radios-ladder-truck.html','Assembly approves $2.3 million for radios and a ladder truck','The Anchorage Assembly voted 10-0 Tuesday to buy 400 portable radios for police and a ladder truck for the fire station in Eagle River.','The Anchorage Assembly voted 10-0 Tuesday to buy 400 portable radios for police and a ladder truck for the fire station in Eagle River.

The radios, from the company that supplied the last set, replace ones that are 14 years old. Together the two contracts come to $2.3 million, which was in the budget that members approved in the fall.

The truck will take a year to build. Until then Eagle River goes on borrowing one from Midtown.

Two members asked why the radios could not be bought through the state, which pays less for the same model. They do not work with the municipality''s towers, the police chief said, and new towers would cost ten times the difference.

Members also honored the winner of the state spelling bee.

Sign up for our morning newsletter.','2019-07-03 05:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(7,5,'g227b748d8aef931054d23cbb','http://news.example/pages/chugach-sentinel/2018-12-19-anchorage-delays-bag-ban.html','Assembly moves bag ban to September so stores can use up stock','Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.','Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.

Retailers had asked for more time. Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.

Only the date changes. Paper bags will still cost at least 10 cents, with a cap of 50 cents a trip, and the same exceptions apply.

A restaurant owner who testified last week wanted a full year. A high school student, one of the youngest people to speak, wanted no delay at all. Members settled on the middle of September because it falls after the tourist season.

The Assembly also confirmed two appointments to the library board and put off a decision on a liquor license in Girdwood.

Sign up for our morning newsletter.','2018-12-19 18:15:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',7);
INSERT INTO "item" VALUES(8,5,'ge5b5ad311e4bdaad7c328592','http://news.example/pages/chugach-sentinel/2018-12-03-anchorage-earthquake-roads.html','Boil-water notice lifted as crews patch roads after quake','Anchorage residents can drink from the tap again without boiling the water first. The utility lifted its precautionary notice this afternoon after two days of clean tests.','Anchorage residents can drink from the tap again without boiling the water first. The utility lifted its precautionary notice this afternoon after two days of clean tests.

Friday''s earthquake, with a magnitude of 7.0, broke dozens of mains and dropped a ramp near the airport. Crews had the ramp open to one lane by Sunday night.

Schools stay closed all week. The municipality asks people to stay off Vine Road, which is in pieces.

Stores that lost their stock to the floor were open again by Saturday, some of them by flashlight. No one was killed. Engineers credit the building code that followed the quake of 1964, and luck, since it was two hours before sunrise.

More than 1,000 aftershocks have been recorded. Most were too small to feel.

Sign up for our morning newsletter.','2018-12-04 01:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(9,5,'g5eb1ef7188163a0a2f93854c','http://news.example/pages/chugach-sentinel/2018-08-29-anchorage-bag-ban-passes.html','Plastic bags on the way out in Anchorage','Shoppers in Alaska''s biggest city have six months left with the thin plastic bag.','Shoppers in Alaska''s biggest city have six months left with the thin plastic bag.

By a vote of 9-2, the Anchorage Assembly on Tuesday night outlawed disposable plastic bags at checkout counters. From March 1, a store may sell a customer a paper bag for at least a dime, or the customer can bring one from home.

The sponsors had begun with something milder, a ban on the very thinnest bags only. Over the summer the ordinance grew stricter as members concluded that merchants would simply switch to slightly thicker plastic.

Bags for produce, meat, prescriptions and dry cleaning are exempt. Stores that ignore the rule face fines of up to $500 a day.

Two members voted no. They argued that the Assembly had moved faster than the public, and that a fee would have been enough.

Wasilla''s ban started in July, and Palmer''s comes into force in January. Several villages off the road system have done without plastic bags for years.

Sign up for our morning newsletter.','2018-08-29 16:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',9);
INSERT INTO "item" VALUES(10,9,'g2f9031f88731b92258bb5814','http://news.example/pages/mill-city-messenger/2022-04-08-minneapolis-warrant-policy-begins.html?utm_source=city-hall-clippings&utm_medium=rss','Knock, then wait: new warrant policy starts today in Minneapolis','Twenty seconds by day, thirty by night. From today that is how long Minneapolis officers have to wait after knocking before they force a door.','Twenty seconds by day, thirty by night. From today that is how long Minneapolis officers have to wait after knocking before they force a door.

A policy that ends no-knock search warrants in the city takes effect this morning. It replaces the moratorium that Mayor Jacob Frey ordered in February, after police killed Amir Locke. Officers cannot get around it by asking a neighboring department for such a warrant, and they cannot serve one for somebody else.

Frey outlined the rules on March 14 and took comments for three weeks. Some people had wanted the City Council to write them into an ordinance, which a later mayor could not undo with a memo.

Officers may still go straight in to stop a killing, to rescue a hostage or while chasing someone. A supervisor has to explain every such entry in writing.

On Wednesday prosecutors said that they would not charge the officer who shot Locke.

Sign up for our morning newsletter.','2022-04-08 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(11,9,'g5c0220877c19db1101effa4e','http://news.example/pages/port-city-press/2022-02-05-minneapolis-mayor-stops-no-knocks.html?utm_source=city-hall-clippings&utm_medium=rss','Minneapolis mayor puts hold on no-knock searches','MINNEAPOLIS (Heartland Wire) — Two days after an officer shot a man who had been asleep on a couch, Mayor Jacob Frey on Friday imposed a moratorium on no-knock warrants.','MINNEAPOLIS (Heartland Wire) — Two days after an officer shot a man who had been asleep on a couch, Mayor Jacob Frey on Friday imposed a moratorium on no-knock warrants.

Minneapolis police may neither request such a warrant nor serve one while the moratorium lasts. The chief can make an exception if someone''s life is in immediate danger.

Amir Locke, 22, was not named in the warrant that brought officers to a downtown apartment on Wednesday. Video shows that they unlocked the door and shouted as they went in. He was holding a gun when he was shot.

Sign up for our morning newsletter.','2022-02-05 14:15:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(12,9,'gd559fdafca940d3f2c8181b9','http://news.example/pages/mill-city-messenger/2022-02-05-minneapolis-halts-no-knock-warrants.html?utm_source=city-hall-clippings&utm_medium=rss','Frey halts no-knock warrants after Locke''s death','MINNEAPOLIS (Heartland Wire) — Two days after an officer shot a man who had been asleep on a couch, Mayor Jacob Frey on Friday imposed a moratorium on no-knock warrants.','MINNEAPOLIS (Heartland Wire) — Two days after an officer shot a man who had been asleep on a couch, Mayor Jacob Frey on Friday imposed a moratorium on no-knock warrants.

Minneapolis police may neither request such a warrant nor serve one while the moratorium lasts. The chief can make an exception if someone''s life is in immediate danger.

Amir Locke, 22, was not named in the warrant that brought officers to a downtown apartment on Wednesday. Video shows that they unlocked the door and shouted as they went in. He was holding a gun when he was shot.

A city policy from November 2020 required officers to announce themselves as they crossed a threshold, but allowed them to keep asking judges for no-knock warrants. Frey''s campaign last year described that policy as a ban. He has since said that the word went too far.

Hundreds of people marched downtown on Friday night. There were no arrests.

A bill to restrict the warrants across Minnesota is before a House committee.

Sign up for our morning newsletter.','2022-02-05 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(13,9,'gefbdd8b8f7de2e5f73b60a2f','http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html?utm_source=city-hall-clippings&utm_medium=rss','Austin voters bring back ban on public camping','AUSTIN — Voters on Saturday told City Hall to reverse itself on homelessness, approving an ordinance that once more makes it a crime to camp in public places.','AUSTIN — Voters on Saturday told City Hall to reverse itself on homelessness, approving an ordinance that once more makes it a crime to camp in public places.

Proposition B led by about 15 points with nearly all precincts counted. It outlaws camping anywhere the parks department has not set aside for it, sitting or lying down on sidewalks in and near downtown, and panhandling at certain hours.

The ordinance takes effect May 11, a city spokesperson said.

The City Council lifted the earlier ban in 2019. Tents then went up under overpasses and along the lake, and a group called Save Austin Now spent two years collecting signatures.

Opponents said the measure offers no beds. The city has shelter for only a fraction of the people who live outside.

The mayor, who opposed Proposition B, said that both sides want fewer tents and that the next step is more housing.

Sign up for our morning newsletter.','2021-05-02 05:20:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',13);
INSERT INTO "item" VALUES(14,9,'g3573b245269007c0f7807dd2','http://news.example/pages/stumptown-standard/2020-09-10-portland-bars-face-recognition.html?utm_source=city-hall-clippings&utm_medium=rss','City shuts out face recognition, in its own offices and in stores','Portland went further on Wednesday than any American city had gone before it: not only may the government not scan your face, neither may the shop on the corner.','Portland went further on Wednesday than any American city had gone before it: not only may the government not scan your face, neither may the shop on the corner.

In two unanimous votes, the City Council prohibited face recognition by city bureaus, the police included, and by private companies in places that are open to the public. The rule for the bureaus took effect at once. The one for businesses starts Jan. 1, 2021.

Someone whose face is scanned in violation of the second ordinance can sue for $1,000 a day.

Mayor Ted Wheeler and Commissioner Jo Ann Hardesty brought the measures forward, citing research in which the software was wrong more often about women and people with dark skin. Airlines and banks had sought exemptions. Unlocking a phone with one''s own face stays legal.

Boston, Oakland and San Francisco limit what their governments may do but do not touch private business.

Sign up for our morning newsletter.','2020-09-10 13:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(15,9,'gf553d9eed24d9247ca030cb8','http://news.example/pages/occoquan-observer/2020-06-18-prince-william-lets-ice-pact-lapse.html?utm_source=city-hall-clippings&utm_medium=rss','Jail board lets 13-year-old ICE agreement run out','MANASSAS, Va. — The sheriff asked for a motion. Nobody made one. And so Prince William County''s agreement with federal immigration authorities will expire June 30.','MANASSAS, Va. — The sheriff asked for a motion. Nobody made one. And so Prince William County''s agreement with federal immigration authorities will expire June 30.

The Prince William-Manassas Regional Jail Board met Wednesday to decide whether jail officers should go on asking inmates where they were born and holding some of them for Immigration and Customs Enforcement. They have done so since 2007.

Sheriff Glen Hill, who is the chairman, wanted to continue. The county''s police chief, Barry Barnard, told the board that he had seen no figures to show that the program lowers crime.

In May the Board of County Supervisors, where Democrats won a majority last fall, appointed three new members to the jail board.

The jail spent about $287,000 on the program this fiscal year and got less than half of it back.

Only one other jurisdiction in Virginia takes part, Culpeper County, whose sheriff said that he has no plans to stop.

Sign up for our morning newsletter.','2020-06-18 10:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(16,9,'gc1d3e11652b72827439994b0','http://news.example/pages/peachtree-post/2020-01-04-atlanta-police-end-chases.html?utm_source=city-hall-clippings&utm_medium=rss','Atlanta chief orders officers to stop chasing cars','ATLANTA — Drivers who speed away from Atlanta police will not have a patrol car behind them, at least for now.','ATLANTA — Drivers who speed away from Atlanta police will not have a patrol car behind them, at least for now.

In an e-mail to the force on Friday, Chief Erika Shields imposed what she called a zero-chase policy, effective immediately. It replaces rules that already limited pursuits to suspects in violent crimes.

The order will stay in place while commanders pick a small number of officers to be trained for chases, she wrote.

Two men died last month in southwest Atlanta when a car that police were pursuing ran a red light and struck theirs. Shields told reporters that she had been thinking about a change well before then. Why risk a death, she asked, over a stolen car, when the driver is unlikely to spend time in jail?

The Georgia State Patrol chases drivers in the city as well, and its rules are the same as ever.

Neighborhood groups in Buckhead said that criminals read the news, too.

Sign up for our morning newsletter.','2020-01-04 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(17,9,'g6126c8563dc6c621b5d63e25','http://news.example/pages/lakefront-ledger/2019-12-19-milwaukee-commission-requires-judicial-warrant.html?utm_source=city-hall-clippings&utm_medium=rss','Commission says Milwaukee police need judge''s warrant before aiding ICE','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a …','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a serious one.

The unanimous vote amends Standard Operating Procedure 130, which governs how police deal with foreign nationals. Even with a judicial warrant, officers may step in only if the person is suspected of terrorism or spying, belongs to a transnational gang, or is arrested for a violent felony, a sex crime against a child or an offense that shows a threat to the public.

A sixth ground, for people who had been deported before, was dropped.

Police brass had wanted room to act on administrative warrants too. Commissioners said such papers are issued by the same agency that makes the arrest, with no court looking on.

The same procedure drew crowds once before, when Edward Flynn was chief.

Sign up for our morning newsletter.','2019-12-19 13:20:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',17);
INSERT INTO "item" VALUES(18,9,'g6e99a1e43d17abfa4f6b66b4','http://news.example/pages/crescent-dispatch/2019-08-09-new-orleans-short-term-rental-rules.html?utm_source=city-hall-clippings&utm_medium=rss','Whole-house vacation rentals shut out of residential streets','If you do not live there, you cannot rent it to tourists. That, in a sentence, is what New Orleans decided Thursday about houses in its residential neighborhoods.','If you do not live there, you cannot rent it to tourists. That, in a sentence, is what New Orleans decided Thursday about houses in its residential neighborhoods.

The City Council voted unanimously for two ordinances that rewrite its rules for short-term rentals. Only an owner with a homestead exemption, which requires living on the property, may rent out rooms or the other half of a double. In commercial zones, a quarter of a building''s units may be rented by the night. Nearly all of the French Quarter and the Garden District remain closed to the business.

The new regime begins Dec. 1. Websites will have to take down listings that lack a permit, a job the city has never managed by itself.

The council first legalized short-term rentals in December 2016. Residents have said since then that whole blocks emptied out.

Owners of rental houses warned of lost jobs for cleaners and handymen. An overflow crowd, most of it on the other side, stayed for five hours.

Sign up for our morning newsletter.','2019-08-09 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(19,9,'g0bf18f30a6d541a9809994db','http://news.example/pages/peachtree-post/2019-04-08-london-clean-air-zone.html?utm_source=city-hall-clippings&utm_medium=rss','London begins charging older cars to enter its center','LONDON (Heartland Wire) — Drivers of older, dirtier cars have to pay 12.50 pounds a day, about $16, to enter central London under rules that took effect Monday.','LONDON (Heartland Wire) — Drivers of older, dirtier cars have to pay 12.50 pounds a day, about $16, to enter central London under rules that took effect Monday.

The zone operates around the clock, every day of the year. Mayor Sadiq Khan, who moved its start forward by 17 months, says that it will cut exhaust by almost half.

Small businesses with old vans protested outside City Hall. Cameras read the license plates of every vehicle that goes in.

About 40,000 vehicles a day that go into the area do not meet the standard, the mayor''s office says. Taxis are exempt, and so is anything older than 40 years.

The zone is to grow in 2021 to an area 18 times as large.

Sign up for our morning newsletter.','2019-04-08 13:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(20,9,'ga1fd4f94e66fb2dbf5a5837f','http://news.example/pages/boone-bulletin/2019-02-21-columbia-tobacco-licenses.html?utm_source=city-hall-clippings&utm_medium=rss','Tobacco sellers in Columbia will need a license','Nobody at City Hall can say exactly how many shops sell cigarettes in Columbia. That is about to end.','Nobody at City Hall can say exactly how many shops sell cigarettes in Columbia. That is about to end.

An ordinance that passed 7-0 Monday night requires every retailer of tobacco or vapor products to hold a city license. There is no charge for it. Missouri''s Hancock Amendment would have required an election for a fee, so the council left it out.

The county health director put the number of sellers at somewhere between 85 and 100. Her inspectors have had little to go on besides complaints, she told the council, since it raised the purchase age to 21 in December 2014.

Shop owners in the audience wondered aloud what a free license was good for. A shop that sells to minors can lose it, the city counselor answered.

The council spent 80 minutes on the bill and then approved, in two minutes, the purchase of a leaf truck.

Sign up for our morning newsletter.','2019-02-21 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(21,9,'g20beed35c9d925ebfa887fa0','http://news.example/pages/juneau-channel/2018-12-19-anchorage-stores-get-more-time.html?utm_source=city-hall-clippings&utm_medium=rss','Anchorage stores get six more months with plastic bags','ANCHORAGE — Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.','ANCHORAGE — Anchorage''s ban on plastic shopping bags will not start on March 1 after all. The Assembly voted without dissent Tuesday night to push the date back to Sept. 15, 2019.

Retailers had asked for more time. Some told members that they were sitting on pallets of bags bought before the ordinance passed in August, and that paper bags were back-ordered across the Lower 48.

Only the date changes. Paper bags will still cost at least 10 cents, with a cap of 50 cents a trip, and the same exceptions apply.

Sign up for our morning newsletter.','2018-12-19 22:40:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',21);
INSERT INTO "item" VALUES(22,9,'gbe2ab36d85c5c3cca4ec0c96','http://news.example/pages/casco-bay-banner/2018-08-23-grocer-drops-plastic-bags.html?utm_source=city-hall-clippings&utm_medium=rss','Grocery giant to phase out plastic bags by 2025','CINCINNATI (Heartland Wire) — The nation''s largest supermarket chain said Thursday that it would stop offering plastic bags at checkout, beginning with a subsidiary in Seattle and …','CINCINNATI (Heartland Wire) — The nation''s largest supermarket chain said Thursday that it would stop offering plastic bags at checkout, beginning with a subsidiary in Seattle and ending in 2025 at all of its stores.

Kroger hands out about 6 billion bags a year. Customers may buy reusable ones for a dollar, and paper will be available at some stores while the phase-out is under way.

The announcement follows bans in California and Hawaii and in dozens of cities. The company said that it was responding to customers and not to governments.

Analysts had expected it. Paper costs a chain about four times as much, one of them wrote, but so does being sued by the ocean.

Shares rose slightly in afternoon trading.

Sign up for our morning newsletter.','2018-08-23 16:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(23,9,'gcd8ba6dc5fdee070908d3a9a','http://news.example/pages/basin-beacon/2018-03-21-lapd-video-45-days.html?utm_source=city-hall-clippings&utm_medium=rss','LAPD to make public its video of shootings','For years the answer was no. A person shot by Los Angeles police might be the only one outside the department who knew what the officer''s camera had recorded.','For years the answer was no. A person shot by Los Angeles police might be the only one outside the department who knew what the officer''s camera had recorded.

Under a policy that the Police Commission approved 4-0 on Tuesday, the department now has to release video of shootings, deaths in custody and other serious incidents within 45 days. It covers cameras on officers, in cars and on drones, and recordings from bystanders that the department collects.

The commission and the chief can agree to wait longer, for instance to protect a witness. They have to say why.

The policy applies to incidents that happen from April on. Older recordings can be released too, case by case.

The union that represents officers said it feared for investigations. Civil liberties lawyers thought 45 days too long, but called it a sea change.

Sign up for our morning newsletter.','2018-03-21 12:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(24,9,'ge6dea926fb27f95a3c323077','http://news.example/pages/congaree-courier/2017-12-20-columbia-outlaws-bump-stocks.html?utm_source=city-hall-clippings&utm_medium=rss','Bump stocks now illegal to use in Columbia','COLUMBIA, S.C. — South Carolina''s capital is thought to be the first city in the country to outlaw the use of bump stocks.','COLUMBIA, S.C. — South Carolina''s capital is thought to be the first city in the country to outlaw the use of bump stocks.

The City Council''s final vote Tuesday was unanimous, as the first one had been on Dec. 5. Attaching a bump stock or a trigger crank to a gun is now a misdemeanor, punishable by a $500 fine or 30 days in jail.

Mayor Steve Benjamin, who owns guns and has a concealed weapon permit, has said that Congress and the Statehouse had their chance.

Whether the ordinance survives is another question. A lawyer running for governor promised to fight it, and state law says that cities may not regulate components of firearms.

Police officers said that they do not plan to go looking. They expect to come across the devices in the course of other arrests, if they do at all.

Sign up for our morning newsletter.','2017-12-20 12:10:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(25,9,'ge9b81fa8433dae954d6aac5d','http://news.example/pages/basin-beacon/2017-09-16-judge-blocks-grant-conditions.html?utm_source=city-hall-clippings&utm_medium=rss','Judge bars Justice Department from tying police grants to immigration','CHICAGO (Heartland Wire) — A federal judge on Friday barred the Justice Department from withholding police grants from cities that limit their help with deportations.','CHICAGO (Heartland Wire) — A federal judge on Friday barred the Justice Department from withholding police grants from cities that limit their help with deportations.

U.S. District Judge Harry Leinenweber sided with Chicago, which sued in August, and made his order apply nationwide. He wrote that the attorney general had probably overstepped when he attached new conditions to money that Congress had set aside for local law enforcement.

Chicago was in line for $3.2 million, which it planned to spend on gunshot sensors. Los Angeles and Philadelphia have filed suits of their own.

The program is named for a New York officer killed in 1988.

A department spokesman said that cities that protect criminals make their residents less safe. An appeal is likely.

Sign up for our morning newsletter.','2017-09-16 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(26,9,'gb0881885110907cd896f4bad','http://news.example/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html?utm_source=city-hall-clippings&utm_medium=rss','Milwaukee police to share more with immigration agents under quiet rule change','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent …','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent immigrants say the city never mentioned it.

Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday. Voces de la Frontera, which found the new wording, contends that the mayor''s office bowed to Washington and that the rules invite racial profiling.

The old procedures told officers to leave questions about immigration status alone unless one of a few exceptions applied. That sentence is gone. A new one says officers must notify federal officials when someone they suspect of being in the country illegally is arrested for a felony or another grave offense, among them gang crimes and terrorism.

The League of United Latin American Citizens also objected to the way it was done, saying that residents had no chance to comment.

A spokesman for Mayor Tom Barrett described the edits as technical, made so that city policy would comply with federal law, and said the mayor supports immigrants as he always has. The Police Department had no immediate response.

The city and the county have separate governments and separate police forces. In April the Trump administration warned Milwaukee County, though not the city, that it could lose federal grants because of how it treats immigrants.

Barrett has often said that city employees should not be drafted as guards of the border.

Sign up for our morning newsletter.','2017-07-04 21:10:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',25);
INSERT INTO "item" VALUES(27,9,'gf9cca80202ecbd228a35ee2c','http://news.example/pages/live-oak-monitor/2017-05-08-texas-governor-signs-sb4.html?utm_source=city-hall-clippings&utm_medium=rss','Abbott signs bill against sanctuary cities','AUSTIN — Gov. Greg Abbott signed a bill Sunday evening that will punish Texas cities and counties that refuse to help federal immigration agents.','AUSTIN — Gov. Greg Abbott signed a bill Sunday evening that will punish Texas cities and counties that refuse to help federal immigration agents.

Senate Bill 4 takes effect Sept. 1. Sheriffs who turn away requests to hold inmates can be fined, removed from office and even jailed, and officers anywhere may ask people whom they detain whether they are in the country legally.

The governor signed without notice, on a live video. Police chiefs of the largest cities had asked him not to, saying that witnesses would stop talking to detectives.

Travis County''s sheriff, who had limited the requests that her jail honors, said that she would follow the law. Lawsuits are expected within days.

Sign up for our morning newsletter.','2017-05-08 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',26);
INSERT INTO "item" VALUES(28,9,'gdda4f561eacc200275f31121','http://news.example/pages/iowa-river-gazette/2017-03-31-state-wipes-out-county-wage.html?utm_source=city-hall-clippings&utm_medium=rss','Governor''s signature voids Johnson County''s $10.10 wage','DES MOINES — A bill that Gov. Terry Branstad signed Thursday wiped out Johnson County''s minimum wage on the spot.','DES MOINES — A bill that Gov. Terry Branstad signed Thursday wiped out Johnson County''s minimum wage on the spot.

House File 295 forbids cities and counties to set a wage above the state''s $7.25. It had no waiting period, so the county ordinance, in place since the supervisors passed it in September 2015, became void with the governor''s signature.

Employers may cut pay starting today. Supervisors have asked them not to, and the Center for Worker Justice is collecting pledges from shops and restaurants that will stay at $10.10.

Three other Iowa counties are in the same position.

Branstad has said that a patchwork of local rules is hard on business. The bill also stops local governments from banning plastic bags or requiring paid leave.

Sign up for our morning newsletter.','2017-03-31 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(29,9,'gbae47f3e4a2c378f1b63fda7','http://news.example/pages/bayou-city-record/2017-02-22-harris-county-leaves-287g.html?utm_source=city-hall-clippings&utm_medium=rss','Sheriff pulls Harris County jail out of federal immigration program','HOUSTON — Ten Harris County deputies who have been checking the immigration status of inmates will be given other work.','HOUSTON — Ten Harris County deputies who have been checking the immigration status of inmates will be given other work.

Sheriff Ed Gonzalez on Tuesday ended the county''s partnership with Immigration and Customs Enforcement under 287(g), the program that lends federal powers to local officers. Harris County had taken part since 2008, and its jail was the largest in the country to do so.

Gonzalez, who took office in January, said that the deputies cost $675,000 a year and are needed on patrol and in the jail, where overtime bills have soared.

Federal agents will still be allowed inside the jail. The sheriff will also go on honoring requests to hold inmates, as a bill moving through the Texas Senate would require.

The Houston Police Department is not affected. It never joined.

Sign up for our morning newsletter.','2017-02-22 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(30,9,'g3cc7cbc709f58f570697105a','http://news.example/pages/trinity-record/2015-06-04-dallas-scraps-bag-fee.html?utm_source=city-hall-clippings&utm_medium=rss','Five months in, Dallas scraps bag fee','DALLAS — The nickel is history.','DALLAS — The nickel is history.

City Council members voted 10-4 Wednesday to repeal the ordinance that has required stores to charge five cents a bag since Jan. 1. Shoppers will stop paying on Monday.

Bag makers sued the city early last month, saying the charge was a tax that state law does not allow. City attorneys warned behind closed doors that Dallas might well lose.

A rival plan to drop the fee and ban plastic bags altogether failed. Its backers complained that out-of-state manufacturers had been allowed to write a Texas city''s laws.

Cashiers will not miss it. At a supermarket on Greenville Avenue, one said that she had explained the rule to the same customers every week since New Year''s Day.

Sign up for our morning newsletter.','2015-06-04 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(31,9,'ga4d515b74a9ebf8f971b7c0d','http://news.example/pages/boone-bulletin/2014-12-18-columbia-raises-tobacco-age.html?utm_source=city-hall-clippings&utm_medium=rss','City Council sets 21 as age to buy tobacco','Store clerks in Columbia will be asking more young people for identification.','Store clerks in Columbia will be asking more young people for identification.

The City Council voted 6-1 Monday night to raise the age for buying cigarettes, chewing tobacco and e-cigarettes from 18 to 21. No other Missouri city has done so. A companion ordinance, passed by the same margin, adds e-cigarettes to the ban on smoking in restaurants, bars and offices.

Two hours of testimony came first. Doctors and students spoke for the change. Convenience store owners said that their customers would drive to Ashland.

Laura Nauser of the Fifth Ward was the one no vote on each bill. She asked where the council would stop if it began protecting adults from themselves.

Fines fall on the seller, starting at $100. A person under 21 who is caught smoking has not broken any city law.

Opponents have already asked the clerk for petition forms. They have until Jan. 5 to turn in signatures.

Sign up for our morning newsletter.','2014-12-18 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(32,9,'gc2c0e9cfe75d9d292a0b2c01','http://news.example/pages/trinity-record/2014-03-27-dallas-nickel-bag-fee.html?utm_source=city-hall-clippings&utm_medium=rss','Council narrowly agrees to nickel charge on shopping bags','DALLAS — If you want a bag at the checkout next year, have a nickel ready.','DALLAS — If you want a bag at the checkout next year, have a nickel ready.

The Dallas City Council voted 8-6 on Wednesday for an ordinance that makes stores collect five cents for each disposable bag, paper or plastic, beginning Jan. 1, 2015. City buildings and city events may not hand out plastic bags at all.

Councilman Dwaine Caraway, who has pushed the idea for more than a year, wanted an outright ban. He did not have the votes, and a dime, his second choice, went nowhere either.

Stores will keep a tenth of the money. The rest pays for five employees who will explain the rule to some 20,000 retailers and see that it is followed.

Bags for dry cleaning, prescriptions, newspapers and restaurant leftovers are not covered.

The state attorney general has been asked whether Texas law lets cities regulate bags in the first place. An answer is months away.

Sign up for our morning newsletter.','2014-03-27 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(33,7,'g471a36837d691300aefad553','http://news.example/pages/congaree-courier/2020-01-02-charleston-plastics-ban-in-force.html','First day without plastic: mostly paper, a few grumbles','CHARLESTON — The line at the deli on Spring Street moved a bit slower on New Year''s Day. Soup comes in cardboard now, and the lids take some pressing.','CHARLESTON — The line at the deli on Spring Street moved a bit slower on New Year''s Day. Soup comes in cardboard now, and the lids take some pressing.

Charleston''s ban on plastic bags, straws and foam containers took effect Wednesday, 13 months after City Council adopted it in November 2018.

City workers spent the fall visiting restaurants with samples of what is allowed. About 30 businesses have asked for more time, and the city has granted most of those requests.

At a supermarket on James Island, which has a ban of its own, nothing looked different at all.

Not everybody had heard. A visitor from Ohio came out of a souvenir shop with an armful of T-shirts and no bag. He said he had no complaint, but he might have bought fewer.

Sign up for our morning newsletter.','2020-01-02 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(34,7,'gedc2cb0bc09aadfe6a05db5f','http://news.example/pages/congaree-courier/2019-03-22-charleston-county-bag-ban.html','County follows city with bag ban of its own','NORTH CHARLESTON — Stores outside any town''s limits will have to give up plastic bags, too.','NORTH CHARLESTON — Stores outside any town''s limits will have to give up plastic bags, too.

Charleston County Council passed the third and last reading of its ban Thursday night, 5-2. The ordinance covers the unincorporated parts of the county, home to about 31,000 people, and leaves alone the bans that Mount Pleasant, James Island and others have.

Second reading came on March 12. Councilman Vic Rawl has pressed the measure even though a bill in Columbia, S. 394, would cancel every local plastics law in the state.

The two members who voted no said that the county was picking a fight it would lose.

The council also heard that repaving of Maybank Highway is three weeks behind because of rain.

Sign up for our morning newsletter.','2019-03-22 10:50:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(35,7,'g607fa2f761d12587ae2e2b36','http://news.example/pages/congaree-courier/2019-01-24-richland-calls-for-bond-reform.html','Advocates call on county to rethink jail deaths','Civil rights groups stood on the steps of the Richland County administration building Wednesday and called for an end to solitary confinement at the county jail.','Civil rights groups stood on the steps of the Richland County administration building Wednesday and called for an end to solitary confinement at the county jail.

Two men have died there since October. The groups want an outside audit, more nurses and a rule that nobody be held alone for more than 15 days.

County Council members did not come out. The chairman said later that he would read the letter and that the jail''s director would report in the spring.

The mother of one of the dead men held his school picture. She said she had been told three different times of day for when he was found.

An auditor hired in November is already looking at staffing. Her findings are due in June.

Sign up for our morning newsletter.','2019-01-24 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(36,7,'g9bcb414658b0d5a7217ac26d','http://news.example/pages/congaree-courier/2018-11-28-charleston-adopts-plastics-ban.html','It''s final: Charleston bans plastic bags, with a year to prepare','CHARLESTON — Two more readings, one long night, and the plastic bag is finished in the Holy City.','CHARLESTON — Two more readings, one long night, and the plastic bag is finished in the Holy City.

City Council voted 11-2 on Tuesday to prohibit single-use bags, foam boxes and plastic straws. Enforcement begins Jan. 1, 2020, a month later than the draft had said.

Staff had reworked the ordinance since first reading two weeks earlier. It now says how a business can plead hardship, and what makes a bag thick enough to be called reusable. It also has a firm date, so that no one need wonder should the Legislature forbid such ordinances.

A first offense brings a written warning. After that, fines run from $200 to $500.

More than 60 people signed up to speak. The owner of several pizzerias told members that he had switched to paper two years ago and lived to tell about it.

Sign up for our morning newsletter.','2018-11-28 12:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(37,7,'g7526317671fa6a04bd762978','http://news.example/pages/congaree-courier/2018-11-14-charleston-plastics-first-reading.html','Charleston plastics ban clears first reading','CHARLESTON — Bags, straws and foam cups had few friends in council chambers on Tuesday.','CHARLESTON — Bags, straws and foam cups had few friends in council chambers on Tuesday.

Asked who in the crowd supported a ban on single-use plastics, nearly everyone raised a hand. When the question was turned around, one man did.

Charleston City Council then gave the ordinance the first of three readings. It would keep stores and restaurants from handing out plastic bags, polystyrene containers and plastic straws, with exceptions for hospitals and for people who cannot drink without a straw.

The measure will come back in two weeks, and not in the same form. Council members want clearer language on hardship waivers. As written, the rules would apply a year after ratification.

If it passes, this would be the largest city in the state with such a law. Mount Pleasant, Folly Beach and the Isle of Palms already have theirs, and a bill that would undo them all has been waiting in the state Senate.

Sign up for our morning newsletter.','2018-11-14 14:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(38,7,'g9f663ea0eb98df284de512ef','http://news.example/pages/congaree-courier/2018-09-30-ten-years-of-smoking-ban.html','Ten years on: how the smoking ban changed Five Points','The ceiling fans at the oldest bar in Five Points were brown until somebody thought to wash them. That was in the fall of 2008.','The ceiling fans at the oldest bar in Five Points were brown until somebody thought to wash them. That was in the fall of 2008.

It is a decade this week since cigarettes disappeared from bars in Columbia. To mark it, we asked the people who were there what they remember.

A bartender recalls a man who lit up in protest every Friday for a month and then quit smoking. The owner of a pool hall, who led a petition against the ordinance, says she lost a fifth of her customers and got them back within two years.

The university''s school of public health counts fewer heart attacks, though it is hard to say how many are owed to the ban.

A photo exhibit opens Friday at the library on Assembly Street.

Sign up for our morning newsletter.','2018-09-30 10:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(39,7,'ge6dea926fb27f95a3c323077','http://news.example/pages/congaree-courier/2017-12-20-columbia-outlaws-bump-stocks.html','Bump stocks now illegal to use in Columbia','COLUMBIA, S.C. — South Carolina''s capital is thought to be the first city in the country to outlaw the use of bump stocks.','COLUMBIA, S.C. — South Carolina''s capital is thought to be the first city in the country to outlaw the use of bump stocks.

The City Council''s final vote Tuesday was unanimous, as the first one had been on Dec. 5. Attaching a bump stock or a trigger crank to a gun is now a misdemeanor, punishable by a $500 fine or 30 days in jail.

Mayor Steve Benjamin, who owns guns and has a concealed weapon permit, has said that Congress and the Statehouse had their chance.

Whether the ordinance survives is another question. A lawyer running for governor promised to fight it, and state law says that cities may not regulate components of firearms.

Police officers said that they do not plan to go looking. They expect to come across the devices in the course of other arrests, if they do at all.

Sign up for our morning newsletter.','2017-12-20 12:10:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(40,7,'g978bef1829130a523602eb7f','http://news.example/pages/congaree-courier/2017-12-06-columbia-bump-stock-first-vote.html','Columbia takes first vote on bump stock ban','Columbia City Council gave first-reading approval Tuesday night to an ordinance that would forbid bump stocks on guns inside the city limits.','Columbia City Council gave first-reading approval Tuesday night to an ordinance that would forbid bump stocks on guns inside the city limits.

The four members in the room all voted yes. None of them said a word about it beforehand. A second reading, which the measure needs to become law, is set for Dec. 19.

A bump stock harnesses a rifle''s recoil so that it fires nearly as fast as a machine gun. Police found a dozen of them in the Las Vegas hotel room from which a gunman killed 58 people in October.

South Carolina law reserves most gun regulation for the state. The city''s lawyers think they have found a way around that: federal regulators treat the devices as accessories rather than parts, and the ordinance allows people to own one so long as it is stored apart from any firearm.

The police and the military would be exempt.

Sign up for our morning newsletter.','2017-12-06 13:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(41,3,'g6c0a6360da31254beeaf4d87','http://news.example/pages/crescent-dispatch/2022-08-23-court-voids-rental-residency-rule.html','Appeals court throws out live-here rule for short-term rentals','New Orleans cannot reserve short-term rental permits for people who live in the house, a federal appeals court ruled Monday.','','2022-08-23 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(42,3,'gb0f6d9a45824530d5bc3a7bc','http://news.example/pages/crescent-dispatch/2022-02-24-council-race-opens.html','Three join race for council seat on West Bank','Qualifying opened Wednesday for a special election in New Orleans City Council District C, and three candidates signed up before lunch.','','2022-02-24 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(43,3,'ga89c871474227c0ff4afa47c','http://news.example/pages/crescent-dispatch/2019-09-19-orleans-school-board-phones.html','School board votes to lock up cellphones during class','The Orleans Parish School Board adopted a policy Thursday that will send students'' telephones into locked pouches from the first bell to the last.','','2019-09-20 01:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(44,3,'g6e99a1e43d17abfa4f6b66b4','http://news.example/pages/crescent-dispatch/2019-08-09-new-orleans-short-term-rental-rules.html','Whole-house vacation rentals shut out of residential streets','If you do not live there, you cannot rent it to tourists. That, in a sentence, is what New Orleans decided Thursday about houses in its residential neighborhoods.','','2019-08-09 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(45,3,'gb14ba9af34b8ce61b65915a0','http://news.example/pages/crescent-dispatch/2015-04-23-new-orleans-bars-go-smoke-free.html','Lollipops at midnight as bars clear the air','At the stroke of midnight a casino employee with a basket of lollipops went from one slot machine to the next, trading candy for ashtrays.','','2015-04-23 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(46,3,'g750d80f1246c67dff50d97d6','http://news.example/pages/crescent-dispatch/2015-03-12-parade-detours.html','Parade detours and one streetcar line on buses this weekend','St. Patrick''s parades will close streets in the Irish Channel and on Metairie Road this weekend.','','2015-03-12 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(47,3,'g0ae47897fc2afbfae2688454','http://news.example/pages/crescent-dispatch/2015-01-31-landrieu-signs-smoking-ban.html','Landrieu signs smoking ban, fixing April start','With a jazz musician at his elbow, Mayor Mitch Landrieu signed New Orleans'' smoke-free ordinance at City Hall on Friday.','','2015-01-31 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(48,3,'g6a032b5186db655a99d0e800','http://news.example/pages/crescent-dispatch/2015-01-23-new-orleans-council-bans-smoking-in-bars.html','Last call for smokers: council votes for ban in bars and casinos','There are bars in this city where the walls are the color of tea, and it isn''t paint. They will have to find another way to keep their patina.','','2015-01-23 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(49,10,'ge46d7172c9fe0316ff138bf9','http://news.example/pages/fox-cities-banner/2018-08-16-fox-cities-fair-results.html','Terrors take doubleheader, move up to second','Two home runs in the first game and a bunt in the second were enough for Appleton, which swept a doubleheader on Wednesday and passed Beloit in the standings.','Two home runs in the first game and a bunt in the second were enough for Appleton, which swept a doubleheader on Wednesday and passed Beloit in the standings.

The bunt came with the bases loaded and two out, against every rule of strategy that the manager had laid down in the spring. He said afterward that he had not changed his policy and did not intend to.

Left-hander Cole Brandt went the distance in the opener, allowing four hits and a walk. He has won five in a row. In the second game both teams used six pitchers, and the last of them for Beloit was an infielder whose fastball was timed at 71 miles an hour.

The series continues tonight at 6:35.

Sign up for our morning newsletter.','2018-08-17 03:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(50,10,'g490db04d6a335bc15da385de','http://news.example/pages/fox-cities-banner/2017-07-04-groups-fault-milwaukee-police-policy.html','Immigrant groups fault Milwaukee over new police policy','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent …','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent immigrants say the city never mentioned it.

Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday. Voces de la Frontera, which found the new wording, contends that the mayor''s office bowed to Washington and that the rules invite racial profiling.

The old procedures told officers to leave questions about immigration status alone unless one of a few exceptions applied. That sentence is gone. A new one says officers must notify federal officials when someone they suspect of being in the country illegally is arrested for a felony or another grave offense, among them gang crimes and terrorism.

The League of United Latin American Citizens also objected to the way it was done, saying that residents had no chance to comment.

Sign up for our morning newsletter.','2017-07-04 22:45:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',47);
INSERT INTO "item" VALUES(51,10,'tac926176db1f7bd88a5ca20b','http://news.example/pages/fox-cities-banner/2016-11-28-deer-season-ends.html','Fewer hunters, more deer','','',NULL,'2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(52,8,'g601931d1cc9445d4610a95cc','http://news.example/pages/iowa-river-gazette/2017-03-31-state-wipes-out-county-wage.html','Governor''s signature voids Johnson County''s $10.10 wage','DES MOINES — A bill that Gov. Terry Branstad signed Thursday wiped out Johnson County''s minimum wage on the spot.','DES MOINES — A bill that Gov. Terry Branstad signed Thursday wiped out Johnson County''s minimum wage on the spot.

House File 295 forbids cities and counties to set a wage above the state''s $7.25. It had no waiting period, so the county ordinance, in place since the supervisors passed it in September 2015, became void with the governor''s signature.

Employers may cut pay starting today. Supervisors have asked them not to, and the Center for Worker Justice is collecting pledges from shops and restaurants that will stay at $10.10.

Three other Iowa counties are in the same position.

Branstad has said that a patchwork of local rules is hard on business. The bill also stops local governments from banning plastic bags or requiring paid leave.','2017-03-31 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(53,8,'ga5a7b9279b18f17610e6b749','http://news.example/pages/iowa-river-gazette/2015-10-30-johnson-county-wage-starts-sunday.html','Your questions about the $8.20 wage, which starts Sunday','Johnson County''s minimum wage ordinance takes effect Sunday. Here is what readers have asked us.','Johnson County''s minimum wage ordinance takes effect Sunday. Here is what readers have asked us.

Who has to pay it? Any employer with sales of at least $300,000 a year, and a good many others whatever their size, including hospitals, schools and builders.

Where does it apply? Everywhere in the county apart from Oxford, Shueyville, Solon and Swisher.

How much is it? $8.20 an hour for now. It goes to $9.15 on May 1 and to $10.10 on Jan. 1, 2017.

My boss is in Cedar Rapids but I work in Coralville. Do I get it? Yes. What counts is where the hours are worked.

What if I''m not paid? Call the county attorney''s office. The supervisors have not hired anyone to check on employers.','2015-10-30 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(54,8,'g380378f64e730dc9d8dbf521','http://news.example/pages/iowa-river-gazette/2015-09-25-iowa-city-council-rezoning.html','Council OKs rezoning for apartments on Gilbert Street','IOWA CITY — A developer can go ahead with 46 apartments on the site of a closed muffler shop after the City Council voted 6-1 Tuesday to rezone the half-acre lot.','IOWA CITY — A developer can go ahead with 46 apartments on the site of a closed muffler shop after the City Council voted 6-1 Tuesday to rezone the half-acre lot.

Neighbors had asked for four stories instead of five. The developer agreed to set the top floor back 10 feet.

Rents will start at about $900. The shop, which closed two years ago after half a century, left oil in the soil, and the state has to certify that it is gone before anyone digs. A man who had his first car fixed there asked for the sign. He can have it, the developer said, if he takes it down himself.

Construction is to begin in April. The council also gave a beer permit to a movie theater.','2015-09-25 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(55,8,'gdb7a879889e132880523a188','http://news.example/pages/iowa-river-gazette/2015-09-17-solon-opts-out-of-county-wage.html','Solon opts out of county wage','SOLON — When the county''s new minimum wage arrives this fall, it will stop at the edge of this town of 2,500.','SOLON — When the county''s new minimum wage arrives this fall, it will stop at the edge of this town of 2,500.

Solon City Council members were of one mind Wednesday night: they adopted an ordinance that keeps the wage in the city at $7.25 an hour, the state and federal figure.

"We have eleven storefronts and I know every owner by first name," a council member said. "Two of them told me that they would close."

A cook who bikes to work from a farm outside town sat in the back row. He said that he would make 95 cents more if the restaurant were on the other side of the road.

Under Iowa law a city''s ordinance beats a county''s. Swisher has told its clerk to draw up a similar one.

The county wage begins at $8.20 on Nov. 1.','2015-09-17 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(56,8,'g035d47b8797f391e907c7cd5','http://news.example/pages/iowa-river-gazette/2015-09-11-johnson-county-minimum-wage.html','Supervisors raise county minimum wage, first in Iowa','IOWA CITY — The cheering started before the clerk had finished reading the roll.','IOWA CITY — The cheering started before the clerk had finished reading the roll.

Johnson County''s supervisors voted 5-0 on Thursday evening to raise the minimum wage here to $10.10 an hour, in three steps. The third reading made it an ordinance, the first of its kind in Iowa.

Pay must reach $8.20 on Nov. 1, $9.15 on May 1, 2016, and $10.10 on Jan. 1, 2017. The state minimum, $7.25, has not moved since 2008.

A city inside the county can pass an ordinance that sets a different figure. Solon''s council has already put the subject on an agenda, its administrator said.

Supervisors estimate that 10,000 people will get a raise. The University of Iowa, which belongs to the state, says that it is not bound by county rules.

No one spoke against the increase at the meeting, although business groups have questioned whether a county may do this at all.','2015-09-11 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(57,1,'g6b1ae71ddfe2ed5bea0aa1b9','http://news.example/pages/lakefront-ledger/2021-11-22-milwaukee-budget-adopted.html','Council adopts $1.75 billion budget with no new police officers','Milwaukee aldermen adopted next year''s city budget on Friday, 12-3, spending a little more on libraries and street repair and holding the size of the police force where it is.','Milwaukee aldermen adopted next year''s city budget on Friday, 12-3, spending a little more on libraries and street repair and holding the size of the police force where it is.

The typical homeowner will pay about $30 more in property tax. Borrowing for lead pipe replacement rises to $9 million.

An amendment that would have moved $1 million from police overtime to after-school programs failed by a single vote.

Pensions remain the thing nobody likes to mention. The city''s yearly payment is expected to more than double in 2023, and without help from the state, the comptroller said, libraries and firehouses will close.

The mayor has until the end of the month to sign the budget or veto items in it. He has called it responsible.

Sign up for our morning newsletter.','2021-11-22 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(58,1,'g2349813d68ec62a0fecab0e9','http://news.example/pages/lakefront-ledger/2021-11-19-milwaukee-ends-no-knock-warrants.html','No more no-knock raids for Milwaukee police','Milwaukee officers may no longer ask for, or carry out, search warrants that let them enter a home unannounced. The Fire and Police Commission wrote the prohibition into Standard …','Milwaukee officers may no longer ask for, or carry out, search warrants that let them enter a home unannounced. The Fire and Police Commission wrote the prohibition into Standard Operating Procedure 970 on Thursday evening, at its first meeting since Jeffrey Norman became permanent chief.

The department had been using the tactic less and less. Of the search warrants it served in 2019, about 250 were no-knock; this year the number is six, according to department figures.

Norman had favored keeping the option for rare cases. The commission chose to close the door completely, after about a year of study that began with the killing of Breonna Taylor in Louisville, Kentucky, in 2020.

Two other items passed the same night: protection for officers who report misconduct, and a table that spells out discipline for each kind of violation.

The Milwaukee Police Association has argued that surprise keeps officers safe. One of its members, Matthew Rittner, was shot dead while serving a warrant in 2019.

Sign up for our morning newsletter.','2021-11-19 11:50:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',54);
INSERT INTO "item" VALUES(59,1,'g6126c8563dc6c621b5d63e25','http://news.example/pages/lakefront-ledger/2019-12-19-milwaukee-commission-requires-judicial-warrant.html','Commission says Milwaukee police need judge''s warrant before aiding ICE','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a …','The Milwaukee Fire and Police Commission voted Wednesday to bar city officers from taking part in immigration arrests unless a judge has signed the warrant and the case is a serious one.

The unanimous vote amends Standard Operating Procedure 130, which governs how police deal with foreign nationals. Even with a judicial warrant, officers may step in only if the person is suspected of terrorism or spying, belongs to a transnational gang, or is arrested for a violent felony, a sex crime against a child or an offense that shows a threat to the public.

A sixth ground, for people who had been deported before, was dropped.

Police brass had wanted room to act on administrative warrants too. Commissioners said such papers are issued by the same agency that makes the arrest, with no court looking on.

The same procedure drew crowds once before, when Edward Flynn was chief.

Sign up for our morning newsletter.','2019-12-19 13:20:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',17);
INSERT INTO "item" VALUES(60,1,'g19dcf2a209f45dffcd800b6f','http://news.example/pages/lakefront-ledger/2019-12-16-commission-picks-director.html','Commission picks new director, approves promotions','The Fire and Police Commission has a new executive director. Members approved the mayor''s choice on a 5-2 vote after a closed session.','The Fire and Police Commission has a new executive director. Members approved the mayor''s choice on a 5-2 vote after a closed session.

The director oversees a staff of 18 that investigates complaints, gives hiring tests and writes reports. The job had been open since summer.

Commissioners also approved the promotion of three lieutenants to captain and of nine firefighters to heavy equipment operator. The promotions take effect Sunday.

She comes from the city attorney''s office and starts Jan. 6. Among the first things on her desk will be a backlog of 61 complaints, some of them more than a year old.

The two members who voted no said they had wanted a national search. The mayor''s office replied that the law sets no such requirement.

Sign up for our morning newsletter.','2019-12-16 16:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',55);
INSERT INTO "item" VALUES(61,1,'gf63e34d41172e4183692c5d0','http://news.example/pages/lakefront-ledger/2019-12-13-milwaukee-panel-warrant-rule.html','Panel strips exceptions from police immigration rule, sends it to full commission','No judge, no help. That is how Milwaukee police would have to answer immigration agents under a rewrite of Standard Operating Procedure 130 that cleared a committee of the Fire …','No judge, no help. That is how Milwaukee police would have to answer immigration agents under a rewrite of Standard Operating Procedure 130 that cleared a committee of the Fire and Police Commission on Thursday night.

The version that Chief Alfonso Morales brought to the table listed six situations in which his officers could still assist with an administrative warrant, the kind that Immigration and Customs Enforcement signs for itself. The three members of the policies and standards committee struck all six and then endorsed the rest unanimously.

The full commission is to take up the recommendation on Dec. 18. Until then the present procedure remains in use.

More than a hundred people came, many of them in support of Jose de la Cruz, the man whose arrest in September set off the debate. He was released this week after 79 days in custody.

The police union did not speak at the meeting. A supporter of the chief''s list told the panel that it covered only people accused of serious crimes.

Sign up for our morning newsletter.','2019-12-13 12:05:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',56);
INSERT INTO "item" VALUES(62,1,'gec24ed1a21b0612a2575f892','http://news.example/pages/lakefront-ledger/2019-10-18-milwaukee-judicial-warrant-draft.html','Draft police rule would ask immigration agents for a judge''s signature','Federal agents who want help from Milwaukee police would first have to show a warrant signed by a judge, according to a draft that the Police Department handed to the Fire and …','Federal agents who want help from Milwaukee police would first have to show a warrant signed by a judge, according to a draft that the Police Department handed to the Fire and Police Commission on Thursday.

There is a catch, and it is the part that people lined up to talk about. The draft of Standard Operating Procedure 130 still lets officers assist whenever they believe the person being sought is a danger to the public.

Voces de la Frontera turned in a competing version that contains the warrant rule without the escape clause. Its members filled most of the seats in the third-floor hearing room.

The issue has been simmering since September, when a cellphone video showed city officers standing by as immigration agents took a man from his car while his family watched.

Commissioners asked few questions and sent both drafts to their policies and standards committee. The commission, a civilian board appointed by the mayor, has the last word on police procedures in Milwaukee.

Besides the warrant language, the department''s draft would tidy up how officers certify paperwork for crime victims who apply for U visas.

Sign up for our morning newsletter.','2019-10-18 14:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',57);
INSERT INTO "item" VALUES(63,1,'gb0881885110907cd896f4bad','http://news.example/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html','Milwaukee police to share more with immigration agents under quiet rule change','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent …','MILWAUKEE (Heartland Wire) — Milwaukee police officers are about to start telling federal immigration authorities more about the people they arrest, and groups that represent immigrants say the city never mentioned it.

Police Chief Edward Flynn approved the revised standard operating procedures last month, and they are to take effect Thursday. Voces de la Frontera, which found the new wording, contends that the mayor''s office bowed to Washington and that the rules invite racial profiling.

The old procedures told officers to leave questions about immigration status alone unless one of a few exceptions applied. That sentence is gone. A new one says officers must notify federal officials when someone they suspect of being in the country illegally is arrested for a felony or another grave offense, among them gang crimes and terrorism.

The League of United Latin American Citizens also objected to the way it was done, saying that residents had no chance to comment.

A spokesman for Mayor Tom Barrett described the edits as technical, made so that city policy would comply with federal law, and said the mayor supports immigrants as he always has. The Police Department had no immediate response.

The city and the county have separate governments and separate police forces. In April the Trump administration warned Milwaukee County, though not the city, that it could lose federal grants because of how it treats immigrants.

Barrett has often said that city employees should not be drafted as guards of the border.

Sign up for our morning newsletter.','2017-07-04 21:10:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',25);
INSERT INTO "item" VALUES(64,1,'ge79e2e2403f85dce8beee38e','http://news.example/pages/lakefront-ledger/2017-02-10-milwaukee-county-nothing-new.html','Sheriff''s deputies: what they do about immigration, and have done for years','Rumors of checkpoints have sent parents to pull children out of class this week, so we asked the people who would know.','Rumors of checkpoints have sent parents to pull children out of class this week, so we asked the people who would know.

Nothing has changed, a Milwaukee County sheriff''s commander said. Deputies do not run checkpoints, do not ask about immigration status at traffic stops and have no new orders. A policy on that has been in place since 2012 and will not be revised.

The county jail sends fingerprints to the FBI, as every jail in the country does. Whether federal agents then come for someone is up to them.

A school counselor said that attendance fell by a tenth on Tuesday. She blames a Facebook post.

Volunteers plan a know-your-rights session on Saturday at a church on South 23rd Street.

Sign up for our morning newsletter.','2017-02-10 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(65,6,'g4c948d7b9f3bfcf2f127d8ce','http://news.example/pages/live-oak-monitor/2021-05-11-austin-camping-ban-takes-effect.html','Camping ban is law again; first month brings only warnings','A ban on camping in public took effect in Austin today, but nobody will be handcuffed over it this week.

City officials laid out four phases at a news conference. For 30 days officers will talk to people and hand out leaflets. Written warnings and a few citations follow in the second month, arrests and cleared camps no earlier than the third.

Outside City Hall, about two dozen people had set up tents in protest. One man said that he had been waiting for an apartment for seven months.

Save Austin Now, which put the ordinance on the ballot, accused the city of dragging its feet. The interim police chief answered that jailing thousands of people was neither possible nor the point.

State lawmakers, meanwhile, are weighing a bill that would forbid camping everywhere in Texas.','','2021-05-11 20:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',59);
INSERT INTO "item" VALUES(66,6,'gefbdd8b8f7de2e5f73b60a2f','http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html','Austin voters bring back ban on public camping','AUSTIN — Voters on Saturday told City Hall to reverse itself on homelessness, approving an ordinance that once more makes it a crime to camp in public places.

Proposition B led by about 15 points with nearly all precincts counted. It outlaws camping anywhere the parks department has not set aside for it, sitting or lying down on sidewalks in and near downtown, and panhandling at certain hours.

The ordinance takes effect May 11, a city spokesperson said.

The City Council lifted the earlier ban in 2019. Tents then went up under overpasses and along the lake, and a group called Save Austin Now spent two years collecting signatures.

Opponents said the measure offers no beds. The city has shelter for only a fraction of the people who live outside.

The mayor, who opposed Proposition B, said that both sides want fewer tents and that the next step is more housing.','','2021-05-02 05:20:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',13);
INSERT INTO "item" VALUES(67,6,'g7cd8bc533bb741a6d1fd03aa','http://news.example/pages/live-oak-monitor/2019-10-18-austin-sidewalk-camping-ban.html','Council puts sidewalks back off limits to tents','Four months after it swept away most limits on camping in public, the Austin City Council has taken some of that back.

Members voted 7-4 Thursday to prohibit camping on every sidewalk in the city, outside the doors of businesses and around the downtown shelter on Seventh Street. Camping elsewhere in public remains legal.

The four who voted no did so for opposite reasons. Some thought the ban far too narrow. One feared that it would only move people from the pavement to the creek beds, where it floods.

The council repealed the earlier ordinance in June. Since then the governor has written letters demanding that the city change course, and a petition drive has begun.

Staff members were told to report on how the rule is being enforced early next year.','','2019-10-18 11:45:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',60);
INSERT INTO "item" VALUES(68,6,'ged434369f1f97125f280a213','http://news.example/pages/live-oak-monitor/2019-06-21-austin-eases-camping-rules.html','After six hours of testimony, Austin loosens its rules on camping and panhandling','People with nowhere else to sleep will soon be able to pitch a tent in many public places in Austin without fear of a ticket.

The City Council on Thursday repealed most of an ordinance that had made camping, sitting and lying down a crime across much of the city. It also did away with a ban on asking strangers for money. The changes take effect July 1.

Officers can still act if a person blocks a path, threatens someone or puts anybody''s health at risk. Sleeping in city parks after hours remains against park rules, which the council left alone.

The debate went on until well after dark. Downtown merchants predicted that visitors would stay away. Social workers said that a citation for sleeping follows people for years and keeps them out of apartments.

The old ordinance dates from 1996. City auditors found that officers wrote about 18,000 citations under it and its sister rules over three years, and that most ended in warrants.','','2019-06-21 13:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',61);
INSERT INTO "item" VALUES(69,6,'gf9cca80202ecbd228a35ee2c','http://news.example/pages/live-oak-monitor/2017-05-08-texas-governor-signs-sb4.html','Abbott signs bill against sanctuary cities','AUSTIN — Gov. Greg Abbott signed a bill Sunday evening that will punish Texas cities and counties that refuse to help federal immigration agents.

Senate Bill 4 takes effect Sept. 1. Sheriffs who turn away requests to hold inmates can be fined, removed from office and even jailed, and officers anywhere may ask people whom they detain whether they are in the country legally.

The governor signed without notice, on a live video. Police chiefs of the largest cities had asked him not to, saying that witnesses would stop talking to detectives.

Travis County''s sheriff, who had limited the requests that her jail honors, said that she would follow the law. Lawsuits are expected within days.','','2017-05-08 11:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',26);
INSERT INTO "item" VALUES(70,2,'g7da2ac84c73bcd05ff48e8f5','http://news.example/pages/stumptown-standard/2020-09-15-opinion-face-scans.html','Opinion: Ban the scanners at the airport next','I stood in a line at the airport last month and a machine looked at me before any human being did. No one asked whether I minded. I do mind.','I stood in a line at the airport last month and a machine looked at me before any human being did. No one asked whether I minded. I do mind.

We ought to insist that the Port of Portland unplug those cameras. A city that prides itself on privacy should not end at the terminal door.

Yes, the machines save time. So would skipping the lineup at the police station and picking the first man who looks nervous. Speed is not the only virtue of a free country.

The port''s commissioners should ban the scanners, Congress should ban them everywhere, and while we are about it somebody should apologize to me for the haircut in that photograph.

Harriet Moe is a retired librarian in St. Johns.','2020-09-15 12:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(71,2,'g24e6e4c50e10ade6fc207772','http://news.example/pages/stumptown-standard/2020-09-10-portland-bars-face-recognition.html','City shuts out face recognition, in its own offices and in stores','Portland went further on Wednesday than any American city had gone before it: not only may the government not scan your face, neither may the shop on the corner.','Portland went further on Wednesday than any American city had gone before it: not only may the government not scan your face, neither may the shop on the corner.

In two unanimous votes, the City Council prohibited face recognition by city bureaus, the police included, and by private companies in places that are open to the public. The rule for the bureaus took effect at once. The one for businesses starts Jan. 1, 2021.

Someone whose face is scanned in violation of the second ordinance can sue for $1,000 a day.

Mayor Ted Wheeler and Commissioner Jo Ann Hardesty brought the measures forward, citing research in which the software was wrong more often about women and people with dark skin. Airlines and banks had sought exemptions. Unlocking a phone with one''s own face stays legal.

Boston, Oakland and San Francisco limit what their governments may do but do not touch private business.','2020-09-10 13:30:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(72,2,'g6b471cf1eed8235cd4430a55','http://news.example/pages/stumptown-standard/2018-07-11-portland-stabbing-arrest.html','Man held in stabbing near MAX stop','Portland police arrested a 34-year-old man Tuesday night in a stabbing that left another man with serious injuries near a light rail platform on East Burnside Street.','Portland police arrested a 34-year-old man Tuesday night in a stabbing that left another man with serious injuries near a light rail platform on East Burnside Street.

Officers called at 9:40 p.m. found the victim on the sidewalk. He was taken to a hospital and is expected to live.

Witnesses pointed out the suspect two blocks away. He was booked into the Multnomah County jail on charges of assault and unlawful use of a weapon and will be arraigned today.

Trains were held for about 20 minutes. The two men had argued over a bicycle, a witness told officers, and neither of them seemed to own it.

Detectives asked anyone with video of the fight to call the bureau''s tip line.','2018-07-11 18:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(73,2,'gf42f59a994437874d39ffd1a','http://news.example/pages/stumptown-standard/2018-01-18-portland-twenty-is-plenty.html','Portland drops residential speed limit to 20 mph','Lift your foot a little. On nearly every residential street in Portland, the speed limit is coming down from 25 mph to 20.','Lift your foot a little. On nearly every residential street in Portland, the speed limit is coming down from 25 mph to 20.

The City Council approved the ordinance unanimously on Wednesday after an hour of testimony, much of it from people who had lost relatives in crashes. Transportation officials have more than 2,000 new signs in a warehouse and expect to have them in place by April 1, when the lower limit takes effect.

The city could not have done this on its own a year ago. Speed limits in Oregon are set by the state, and it took an act of the Legislature, signed in June, to give Portland the authority.

Forty-five people died on the city''s streets in 2017, the most in two decades.

Main roads and streets in business districts keep the limits that they have. Skeptics in the audience asked who would enforce the new ones, given how few traffic officers are left.','2018-01-18 15:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
INSERT INTO "item" VALUES(74,2,'g9940a07463b1183608e1dcc8','http://news.example/pages/stumptown-standard/2017-06-09-oregon-speed-bill.html','Lawmakers send governor bill on city speed limits','SALEM — A bill that would let Oregon''s largest city set lower speed limits on neighborhood streets cleared its last hurdle in the Legislature on Thursday.','SALEM — A bill that would let Oregon''s largest city set lower speed limits on neighborhood streets cleared its last hurdle in the Legislature on Thursday.

The Senate passed House Bill 2682 with votes to spare. If the governor signs it, Portland would gain the power to post limits five miles an hour below what state law prescribes on streets that are not arterials.

Cities elsewhere in Oregon were cut from the bill in March to win over skeptics. Trucking companies had opposed the first version.

The bill''s sponsors said they had counted votes until noon.

Families for Safe Streets, a group started by people who lost relatives in crashes, sent members to the gallery. One held a photograph of her son.','2017-06-09 19:00:00.000000','2022-09-01 12:00:00.000000','article',0,NULL,'',NULL);
CREATE TABLE item_key (
	feed_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	item_id INTEGER NOT NULL, 
	CONSTRAINT pk_item_key PRIMARY KEY (feed_id, "key"), 
	CONSTRAINT fk_item_key_feed_id_feed FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE CASCADE, 
	CONSTRAINT fk_item_key_item_id_item FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE CASCADE
);
INSERT INTO "item_key" VALUES(4,'g2f76dfc387c6c9f24dd28d80',1);
INSERT INTO "item_key" VALUES(4,'l13990e8c8a14feebfb10b6d8',1);
INSERT INTO "item_key" VALUES(4,'t1ef0d9a51070dda46ebb3038',1);
INSERT INTO "item_key" VALUES(4,'gb0cf3c861bf0c648fcecc6ee',2);
INSERT INTO "item_key" VALUES(4,'l5d5a5c4fb59ac82ebbe75230',2);
INSERT INTO "item_key" VALUES(4,'tb2aa46778acf803c3648f45f',2);
INSERT INTO "item_key" VALUES(4,'gd0a01b93db5d04e56b926773',3);
INSERT INTO "item_key" VALUES(4,'l6ba311a4cac26c32b24e3778',3);
INSERT INTO "item_key" VALUES(4,'t9a721d526e181a1fd7b02cfe',3);
INSERT INTO "item_key" VALUES(4,'gbe2ab36d85c5c3cca4ec0c96',4);
INSERT INTO "item_key" VALUES(4,'lc52fef5d174721e99a43560d',4);
INSERT INTO "item_key" VALUES(4,'t8c3393092fe30963282f87c5',4);
INSERT INTO "item_key" VALUES(5,'gaa98a997e7c1e4416cf65243',5);
INSERT INTO "item_key" VALUES(5,'lb408fe8bd0eb2cb40abbd72f',5);
INSERT INTO "item_key" VALUES(5,'ta1bd068308d724cfa84e51f1',5);
INSERT INTO "item_key" VALUES(5,'g75acd35c0a0410a54345ba96',6);
INSERT INTO "item_key" VALUES(5,'l1476207ead55dd3dfe01d81a',6);
INSERT INTO "item_key" VALUES(5,'t02458ca72ac737613a66669e',6);
INSERT INTO "item_key" VALUES(5,'g227b748d8aef931054d23cbb',7);
INSERT INTO "item_key" VALUES(5,'l5e31dd71f26a009fbd888e56',7);
INSERT INTO "item_key" VALUES(5,'t7241615a631920bba94643fd',7);
INSERT INTO "item_key" VALUES(5,'ge5b5ad311e4bdaad7c328592',8);
INSERT INTO "item_key" VALUES(5,'ld8157f1735b0af58537e2de9',8);
INSERT INTO "item_key" VALUES(5,'t74b26dec265a3dea2265384a',8);
INSERT INTO "item_key" VALUES(5,'g5eb1ef7188163a0a2f93854c',9);
INSERT INTO "item_key" VALUES(5,'l7645b3ec5293113575b46a4e',9);
INSERT INTO "item_key" VALUES(5,'tc0db2767c9f9559432e390a7',9);
INSERT INTO "item_key" VALUES(9,'g2f9031f88731b92258bb5814',10);
INSERT INTO "item_key" VALUES(9,'l02e9309adecd16bd13e2148b',10);
INSERT INTO "item_key" VALUES(9,'tb1f4cec38becfc4d703c4702',10);
INSERT INTO "item_key" VALUES(9,'g5c0220877c19db1101effa4e',11);
INSERT INTO "item_key" VALUES(9,'lf857eb26f1ec84610e168bc9',11);
INSERT INTO "item_key" VALUES(9,'tee6456667c28b13c7e138a16',11);
INSERT INTO "item_key" VALUES(9,'gd559fdafca940d3f2c8181b9',12);
INSERT INTO "item_key" VALUES(9,'l91c283b31fb16e4513b45101',12);
INSERT INTO "item_key" VALUES(9,'tf12ad0a92e1d1d3e2f10c38e',12);
INSERT INTO "item_key" VALUES(9,'gefbdd8b8f7de2e5f73b60a2f',13);
INSERT INTO "item_key" VALUES(9,'l7a857124be7f1d98331c836b',13);
INSERT INTO "item_key" VALUES(9,'tfb0bb426bd50734774ec18dc',13);
INSERT INTO "item_key" VALUES(9,'g3573b245269007c0f7807dd2',14);
INSERT INTO "item_key" VALUES(9,'leccb314a5fc2930a34128fae',14);
INSERT INTO "item_key" VALUES(9,'td6091c9891e0a08c3465fd17',14);
INSERT INTO "item_key" VALUES(9,'gf553d9eed24d9247ca030cb8',15);
INSERT INTO "item_key" VALUES(9,'l25226fd42fd7592743e13633',15);
INSERT INTO "item_key" VALUES(9,'t79692c0a4c0b078516d45b3d',15);
INSERT INTO "item_key" VALUES(9,'gc1d3e11652b72827439994b0',16);
INSERT INTO "item_key" VALUES(9,'l963325b73d974f722ef9a744',16);
INSERT INTO "item_key" VALUES(9,'t96aa2fb52f43ded2c6ab53dc',16);
INSERT INTO "item_key" VALUES(9,'g6126c8563dc6c621b5d63e25',17);
INSERT INTO "item_key" VALUES(9,'lc64f63d7eb9b02fe0277b389',17);
INSERT INTO "item_key" VALUES(9,'t20ccf546446e8223624bafb6',17);
INSERT INTO "item_key" VALUES(9,'g6e99a1e43d17abfa4f6b66b4',18);
INSERT INTO "item_key" VALUES(9,'l52d6132bc06368a8cec0f060',18);
INSERT INTO "item_key" VALUES(9,'tb61354bdb2d24e91a1addcb7',18);
INSERT INTO "item_key" VALUES(9,'g0bf18f30a6d541a9809994db',19);
INSERT INTO "item_key" VALUES(9,'l1049722e0144189b2b89b0c3',19);
INSERT INTO "item_key" VALUES(9,'tc67f40879d619b112d7bade1',19);
INSERT INTO "item_key" VALUES(9,'ga1fd4f94e66fb2dbf5a5837f',20);
INSERT INTO "item_key" VALUES(9,'le0ec587d9bc0a42efa01b833',20);
INSERT INTO "item_key" VALUES(9,'t3bfc8d6d872b63544fe2634d',20);
INSERT INTO "item_key" VALUES(9,'g20beed35c9d925ebfa887fa0',21);
INSERT INTO "item_key" VALUES(9,'la445258dca3674e28e0204de',21);
INSERT INTO "item_key" VALUES(9,'td38feec09a6b21c6868eb26c',21);
INSERT INTO "item_key" VALUES(9,'gbe2ab36d85c5c3cca4ec0c96',22);
INSERT INTO "item_key" VALUES(9,'lc52fef5d174721e99a43560d',22);
INSERT INTO "item_key" VALUES(9,'t8c3393092fe30963282f87c5',22);
INSERT INTO "item_key" VALUES(9,'gcd8ba6dc5fdee070908d3a9a',23);
INSERT INTO "item_key" VALUES(9,'l6bfea9dd2ab44aa2a7eb82e4',23);
INSERT INTO "item_key" VALUES(9,'t8954e95e1460774ca1e2252d',23);
INSERT INTO "item_key" VALUES(9,'ge6dea926fb27f95a3c323077',24);
INSERT INTO "item_key" VALUES(9,'l2199ad5ea5f68a748a5b658e',24);
INSERT INTO "item_key" VALUES(9,'tbcdfdc085ec1eb48818dd606',24);
INSERT INTO "item_key" VALUES(9,'ge9b81fa8433dae954d6aac5d',25);
INSERT INTO "item_key" VALUES(9,'l6b005d85e80a3248d455acb6',25);
INSERT INTO "item_key" VALUES(9,'tff5c9ac13b469d01fc1b68c1',25);
INSERT INTO "item_key" VALUES(9,'gb0881885110907cd896f4bad',26);
INSERT INTO "item_key" VALUES(9,'lddc52fdeee28e87efce09ef0',26);
INSERT INTO "item_key" VALUES(9,'t9f4dd4950654a3b715678105',26);
INSERT INTO "item_key" VALUES(9,'gf9cca80202ecbd228a35ee2c',27);
INSERT INTO "item_key" VALUES(9,'lfcf024aff9d420de31bce548',27);
INSERT INTO "item_key" VALUES(9,'tbf4f6ff6f16d9de30cc88138',27);
INSERT INTO "item_key" VALUES(9,'gdda4f561eacc200275f31121',28);
INSERT INTO "item_key" VALUES(9,'l42bcd96a863e22121647a4f3',28);
INSERT INTO "item_key" VALUES(9,'tfc951c7b233ab9b4f4433944',28);
INSERT INTO "item_key" VALUES(9,'gbae47f3e4a2c378f1b63fda7',29);
INSERT INTO "item_key" VALUES(9,'le0a3a7963a627b28f7f18290',29);
INSERT INTO "item_key" VALUES(9,'ta1af0b5c9b6744359b21b35c',29);
INSERT INTO "item_key" VALUES(9,'g3cc7cbc709f58f570697105a',30);
INSERT INTO "item_key" VALUES(9,'lfe25978498d76de6464b095b',30);
INSERT INTO "item_key" VALUES(9,'t1d05c18cca6dc1d2f03d64cf',30);
INSERT INTO "item_key" VALUES(9,'ga4d515b74a9ebf8f971b7c0d',31);
INSERT INTO "item_key" VALUES(9,'lfb987244e0783bc238f9b50b',31);
INSERT INTO "item_key" VALUES(9,'tafba84420d46ecc3e454a7b3',31);
INSERT INTO "item_key" VALUES(9,'gc2c0e9cfe75d9d292a0b2c01',32);
INSERT INTO "item_key" VALUES(9,'l50181c7616de3733bafd9770',32);
INSERT INTO "item_key" VALUES(9,'tbfbe3605eb3c33646d86672b',32);
INSERT INTO "item_key" VALUES(7,'g471a36837d691300aefad553',33);
INSERT INTO "item_key" VALUES(7,'la5d2c9a911cbbec96550d6b6',33);
INSERT INTO "item_key" VALUES(7,'t2c8feec04e4488149b716e09',33);
INSERT INTO "item_key" VALUES(7,'gedc2cb0bc09aadfe6a05db5f',34);
INSERT INTO "item_key" VALUES(7,'l9bdd0484f0a31a25ded07422',34);
INSERT INTO "item_key" VALUES(7,'t589c0656c95d4f1b90721a58',34);
INSERT INTO "item_key" VALUES(7,'g607fa2f761d12587ae2e2b36',35);
INSERT INTO "item_key" VALUES(7,'lf2e7ee5af0e84f45333ac0b4',35);
INSERT INTO "item_key" VALUES(7,'tad63af8bf6188db3e4454ade',35);
INSERT INTO "item_key" VALUES(7,'g9bcb414658b0d5a7217ac26d',36);
INSERT INTO "item_key" VALUES(7,'la093f5f3c457191ca71dffc2',36);
INSERT INTO "item_key" VALUES(7,'t44ef9fa647047786502ae476',36);
INSERT INTO "item_key" VALUES(7,'g7526317671fa6a04bd762978',37);
INSERT INTO "item_key" VALUES(7,'l5d60db1d9c37e8297ef440cb',37);
INSERT INTO "item_key" VALUES(7,'tb463bb46f0530d72cbd83e59',37);
INSERT INTO "item_key" VALUES(7,'g9f663ea0eb98df284de512ef',38);
INSERT INTO "item_key" VALUES(7,'le8ece5e70594fdb352f119e4',38);
INSERT INTO "item_key" VALUES(7,'taee005473ae661cb0b7193bd',38);
INSERT INTO "item_key" VALUES(7,'ge6dea926fb27f95a3c323077',39);
INSERT INTO "item_key" VALUES(7,'l2199ad5ea5f68a748a5b658e',39);
INSERT INTO "item_key" VALUES(7,'tbcdfdc085ec1eb48818dd606',39);
INSERT INTO "item_key" VALUES(7,'g978bef1829130a523602eb7f',40);
INSERT INTO "item_key" VALUES(7,'lb2a9ded4ef302ff978f74d81',40);
INSERT INTO "item_key" VALUES(7,'t84961ca1dc5df968455d5695',40);
INSERT INTO "item_key" VALUES(3,'g6c0a6360da31254beeaf4d87',41);
INSERT INTO "item_key" VALUES(3,'l5e8366e86049b8818e595505',41);
INSERT INTO "item_key" VALUES(3,'tc7d046b1a2304103bee26718',41);
INSERT INTO "item_key" VALUES(3,'gb0f6d9a45824530d5bc3a7bc',42);
INSERT INTO "item_key" VALUES(3,'l36abb3e0412c067cf8bf1283',42);
INSERT INTO "item_key" VALUES(3,'td20de3fab6edcf428bd9d3f3',42);
INSERT INTO "item_key" VALUES(3,'ga89c871474227c0ff4afa47c',43);
INSERT INTO "item_key" VALUES(3,'lc9ff4794769df98e3ae742c4',43);
INSERT INTO "item_key" VALUES(3,'t01fc22b099f86710f23bc50f',43);
INSERT INTO "item_key" VALUES(3,'g6e99a1e43d17abfa4f6b66b4',44);
INSERT INTO "item_key" VALUES(3,'l52d6132bc06368a8cec0f060',44);
INSERT INTO "item_key" VALUES(3,'tb61354bdb2d24e91a1addcb7',44);
INSERT INTO "item_key" VALUES(3,'gb14ba9af34b8ce61b65915a0',45);
INSERT INTO "item_key" VALUES(3,'l29b032266ae32b09d27ddaa0',45);
INSERT INTO "item_key" VALUES(3,'t7220c5b39311cdf1d47e63dd',45);
INSERT INTO "item_key" VALUES(3,'g750d80f1246c67dff50d97d6',46);
INSERT INTO "item_key" VALUES(3,'l9459e7959377e9115a27cdb0',46);
INSERT INTO "item_key" VALUES(3,'t4e38fcb8c526a3c41c1f052d',46);
INSERT INTO "item_key" VALUES(3,'g0ae47897fc2afbfae2688454',47);
INSERT INTO "item_key" VALUES(3,'l0babc5852ccb537350d23020',47);
INSERT INTO "item_key" VALUES(3,'t10153d238bd3fd8663bb6dfc',47);
INSERT INTO "item_key" VALUES(3,'g6a032b5186db655a99d0e800',48);
INSERT INTO "item_key" VALUES(3,'lcf23e21b9e590e8c47b7f2d1',48);
INSERT INTO "item_key" VALUES(3,'t3b32a522b4c6511295de8404',48);
INSERT INTO "item_key" VALUES(10,'ge46d7172c9fe0316ff138bf9',49);
INSERT INTO "item_key" VALUES(10,'l8847023360dc78d53671c79f',49);
INSERT INTO "item_key" VALUES(10,'t665410deccf893e053afc7cf',49);
INSERT INTO "item_key" VALUES(10,'g490db04d6a335bc15da385de',50);
INSERT INTO "item_key" VALUES(10,'ld9e0f9699bcff0ceef3c0e67',50);
INSERT INTO "item_key" VALUES(10,'t376b0bd6c76839f5de6bde6c',50);
INSERT INTO "item_key" VALUES(10,'tac926176db1f7bd88a5ca20b',51);
INSERT INTO "item_key" VALUES(8,'g601931d1cc9445d4610a95cc',52);
INSERT INTO "item_key" VALUES(8,'l42bcd96a863e22121647a4f3',52);
INSERT INTO "item_key" VALUES(8,'tfc951c7b233ab9b4f4433944',52);
INSERT INTO "item_key" VALUES(8,'ga5a7b9279b18f17610e6b749',53);
INSERT INTO "item_key" VALUES(8,'lf729f386b047a39dfde08eb7',53);
INSERT INTO "item_key" VALUES(8,'t6bafaf3527a1fd5a53e23861',53);
INSERT INTO "item_key" VALUES(8,'g380378f64e730dc9d8dbf521',54);
INSERT INTO "item_key" VALUES(8,'lfcdd06093d9d4097c4bb62a9',54);
INSERT INTO "item_key" VALUES(8,'t64c508d9a8f2a0d46c6d9af1',54);
INSERT INTO "item_key" VALUES(8,'gdb7a879889e132880523a188',55);
INSERT INTO "item_key" VALUES(8,'l17b1ad70a3a6d5874d0513ac',55);
INSERT INTO "item_key" VALUES(8,'t880cec815e8d7f7d3a388439',55);
INSERT INTO "item_key" VALUES(8,'g035d47b8797f391e907c7cd5',56);
INSERT INTO "item_key" VALUES(8,'l672d795e7e3d886bf816a91c',56);
INSERT INTO "item_key" VALUES(8,'t61a74b3c3545b2dbda1552ee',56);
INSERT INTO "item_key" VALUES(1,'g6b1ae71ddfe2ed5bea0aa1b9',57);
INSERT INTO "item_key" VALUES(1,'le7628217e28de1902c9eb5af',57);
INSERT INTO "item_key" VALUES(1,'t7627dc27e4bfa4c3da984e40',57);
INSERT INTO "item_key" VALUES(1,'g2349813d68ec62a0fecab0e9',58);
INSERT INTO "item_key" VALUES(1,'l06ec09377ba7cfd24e4544a9',58);
INSERT INTO "item_key" VALUES(1,'t200698a75d774b526a5432b3',58);
INSERT INTO "item_key" VALUES(1,'g6126c8563dc6c621b5d63e25',59);
INSERT INTO "item_key" VALUES(1,'lc64f63d7eb9b02fe0277b389',59);
INSERT INTO "item_key" VALUES(1,'t20ccf546446e8223624bafb6',59);
INSERT INTO "item_key" VALUES(1,'g19dcf2a209f45dffcd800b6f',60);
INSERT INTO "item_key" VALUES(1,'lee659852f6307d39d111506d',60);
INSERT INTO "item_key" VALUES(1,'t0a99db106d9b2a76956dab98',60);
INSERT INTO "item_key" VALUES(1,'gf63e34d41172e4183692c5d0',61);
INSERT INTO "item_key" VALUES(1,'ld61f3127e80402f2b023c1fc',61);
INSERT INTO "item_key" VALUES(1,'t8f9d1db8f2325f16a3443967',61);
INSERT INTO "item_key" VALUES(1,'gec24ed1a21b0612a2575f892',62);
INSERT INTO "item_key" VALUES(1,'l0b33e4b13489bde4e9949861',62);
INSERT INTO "item_key" VALUES(1,'tdb95dca4446491020f91ee79',62);
INSERT INTO "item_key" VALUES(1,'gb0881885110907cd896f4bad',63);
INSERT INTO "item_key" VALUES(1,'lddc52fdeee28e87efce09ef0',63);
INSERT INTO "item_key" VALUES(1,'t9f4dd4950654a3b715678105',63);
INSERT INTO "item_key" VALUES(1,'ge79e2e2403f85dce8beee38e',64);
INSERT INTO "item_key" VALUES(1,'la9a70caca8bbef1fb18c2d12',64);
INSERT INTO "item_key" VALUES(1,'td92bad2b39bef0898fdde1a8',64);
INSERT INTO "item_key" VALUES(6,'g4c948d7b9f3bfcf2f127d8ce',65);
INSERT INTO "item_key" VALUES(6,'lc75ca899f261e0ab0095f9c4',65);
INSERT INTO "item_key" VALUES(6,'t347c98a303cf3b7ea0883142',65);
INSERT INTO "item_key" VALUES(6,'gefbdd8b8f7de2e5f73b60a2f',66);
INSERT INTO "item_key" VALUES(6,'l7a857124be7f1d98331c836b',66);
INSERT INTO "item_key" VALUES(6,'tfb0bb426bd50734774ec18dc',66);
INSERT INTO "item_key" VALUES(6,'g7cd8bc533bb741a6d1fd03aa',67);
INSERT INTO "item_key" VALUES(6,'l04f65280d854c77be4d48d93',67);
INSERT INTO "item_key" VALUES(6,'ta1a52599b9f5739b9f1bdb86',67);
INSERT INTO "item_key" VALUES(6,'ged434369f1f97125f280a213',68);
INSERT INTO "item_key" VALUES(6,'l9e162b7d70566fb6806d500c',68);
INSERT INTO "item_key" VALUES(6,'ta4c9920d29e30939f1f5dd3a',68);
INSERT INTO "item_key" VALUES(6,'gf9cca80202ecbd228a35ee2c',69);
INSERT INTO "item_key" VALUES(6,'lfcf024aff9d420de31bce548',69);
INSERT INTO "item_key" VALUES(6,'tbf4f6ff6f16d9de30cc88138',69);
INSERT INTO "item_key" VALUES(2,'g7da2ac84c73bcd05ff48e8f5',70);
INSERT INTO "item_key" VALUES(2,'l62b728429743eb7ed2a587e9',70);
INSERT INTO "item_key" VALUES(2,'t948fe013f19480ab8bf5093a',70);
INSERT INTO "item_key" VALUES(2,'g24e6e4c50e10ade6fc207772',71);
INSERT INTO "item_key" VALUES(2,'leccb314a5fc2930a34128fae',71);
INSERT INTO "item_key" VALUES(2,'td6091c9891e0a08c3465fd17',71);
INSERT INTO "item_key" VALUES(2,'g6b471cf1eed8235cd4430a55',72);
INSERT INTO "item_key" VALUES(2,'lb1ad160494fd396c1592bf8b',72);
INSERT INTO "item_key" VALUES(2,'t88f995ba0f6c080dabe03f03',72);
INSERT INTO "item_key" VALUES(2,'gf42f59a994437874d39ffd1a',73);
INSERT INTO "item_key" VALUES(2,'lb929995571272e1dba697cc7',73);
INSERT INTO "item_key" VALUES(2,'t99d893b1b5ff3794aa35dddd',73);
INSERT INTO "item_key" VALUES(2,'g9940a07463b1183608e1dcc8',74);
INSERT INTO "item_key" VALUES(2,'lf78747539248a56443ef2150',74);
INSERT INTO "item_key" VALUES(2,'tae5f0649cb3ede456d22bfe2',74);
CREATE TABLE ledger (
	subscriber_id INTEGER NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	in_full BOOLEAN NOT NULL, 
	CONSTRAINT pk_ledger PRIMARY KEY (subscriber_id, entry_id, revision), 
	CONSTRAINT fk_ledger_subscriber_id_subscriber FOREIGN KEY(subscriber_id) REFERENCES subscriber (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ledger_message_id_message FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "ledger" VALUES(1,'6e05912daea6',1,1,1);
INSERT INTO "ledger" VALUES(1,'f28f41e84124',1,1,1);
CREATE TABLE message (
	id INTEGER NOT NULL, 
	message_id VARCHAR NOT NULL, 
	subscriber_id INTEGER NOT NULL, 
	edition_id VARCHAR, 
	slot VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	composed_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	unclear INTEGER NOT NULL, 
	tried_at DATETIME, 
	next_try DATETIME, 
	sent_at DATETIME, 
	error VARCHAR NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT fk_message_subscriber_id_subscriber FOREIGN KEY(subscriber_id) REFERENCES subscriber (id) ON DELETE CASCADE, 
	CONSTRAINT fk_message_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE SET NULL, 
	CONSTRAINT uq_message_message_id UNIQUE (message_id), 
	CONSTRAINT uq_message_subscriber_id_slot UNIQUE (subscriber_id, slot)
);
INSERT INTO "message" VALUES(1,'<22349355671949449bf4281d7f69a379@example.org>',1,'56496cff7ba3986fd11042e66b319702b1d0a982ebd6f8c29cfff2917f58ef82','2026-11-26','sent','2026-11-26 20:08:21.388695',1,0,'2026-11-26 20:08:22.508729',NULL,'2026-11-26 20:08:22.587241','');
INSERT INTO "message" VALUES(2,'<a3649a4abe0a4542907de108d6f08bba@example.org>',2,'fb7b83cf592e5fe07c68c6407c12466f1cea67708e0cdea8a331661a26b26a74','2026-11-26','sent','2026-11-26 20:08:21.388695',1,0,'2026-11-26 20:08:22.530021',NULL,'2026-11-26 20:08:22.790033','');
CREATE TABLE moved_entry (
	place VARCHAR NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	CONSTRAINT pk_moved_entry PRIMARY KEY (place, entry_id), 
	CONSTRAINT fk_moved_entry_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE TABLE policy (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	jurisdiction VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	name_locked BOOLEAN NOT NULL, 
	CONSTRAINT pk_policy PRIMARY KEY (id)
);
INSERT INTO "policy" VALUES('542b7216c61c','Austin City Council ordinance: camping in public','ocd-division/country:us/state:tx/place:austin','homelessness',0);
INSERT INTO "policy" VALUES('9825b8449f18','Milwaukee Fire and Police Commission: immigration enforcement','ocd-division/country:us/state:wi/place:milwaukee','immigration',0);
INSERT INTO "policy" VALUES('c50f46246370','Milwaukee Police revised standard operating procedures: immigration enforcement','ocd-division/country:us/state:wi/place:milwaukee','immigration',0);
INSERT INTO "policy" VALUES('d4642cf6941c','Anchorage Assembly ban: plastic bags','ocd-division/country:us/state:ak/place:anchorage','environment',0);
INSERT INTO "policy" VALUES('9546537d927f','City of Austin: sanctuary status','ocd-division/country:us/state:tx/place:austin','immigration',0);
INSERT INTO "policy" VALUES('af328f429835','City of Milwaukee: police promotions','ocd-division/country:us/state:wi/place:milwaukee','other',0);
INSERT INTO "policy" VALUES('b09ab26217e1','City of Milwaukee SOP 130: immigration enforcement','ocd-division/country:us/state:wi/place:milwaukee','immigration',0);
INSERT INTO "policy" VALUES('d8cea559f21f','Milwaukee Fire and Police Commission SOP 970: no-knock warrants','ocd-division/country:us/state:wi/place:milwaukee','stops-and-searches',0);
CREATE TABLE policy_revision (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	changes JSON NOT NULL, 
	policy_id VARCHAR NOT NULL, 
	CONSTRAINT pk_policy_revision PRIMARY KEY (policy_id, number), 
	CONSTRAINT fk_policy_revision_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id)
);
CREATE TABLE revision (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	changes JSON NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (entry_id, number), 
	CONSTRAINT fk_revision_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2017-07-04','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "Milwaukee Police Department"}, {"field": "instrument", "old": "", "new": "revised standard operating procedures"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "immigration procedures standard operating agents"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2017-06"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Milwaukee Police Department adopts revised standard operating procedures: immigration enforcement"}, {"field": "policy", "old": "", "new": "c50f46246370"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.889"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html"}]','f28f41e84124');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2017-07-04','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "Milwaukee Police Department"}, {"field": "instrument", "old": "", "new": "revised standard operating procedures"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "procedures immigration operating agents"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2017-07-06"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Milwaukee Police Department\u2019s revised standard operating procedures take effect: immigration enforcement"}, {"field": "policy", "old": "", "new": "c50f46246370"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.737"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html"}]','6e05912daea6');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Chugach Sentinel on 2018-08-29','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:ak/place:anchorage"}, {"field": "jurisdiction_name", "old": "", "new": "Anchorage"}, {"field": "body", "old": "", "new": "Anchorage Assembly"}, {"field": "instrument", "old": "", "new": "ordinance"}, {"field": "topic", "old": "", "new": "environment"}, {"field": "subject", "old": "", "new": "bags plastic disposable anchorage checkout counters"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2018-08-28"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Anchorage Assembly adopts ordinance: plastic bags"}, {"field": "policy", "old": "", "new": "d4642cf6941c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.99"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/chugach-sentinel/2018-08-29-anchorage-bag-ban-passes.html"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/chugach-sentinel/2018-12-19-anchorage-delays-bag-ban.html"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/juneau-channel/2018-12-19-anchorage-stores-get-more-time.html"}]','698727670b75');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Chugach Sentinel on 2018-12-19','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:ak/place:anchorage"}, {"field": "jurisdiction_name", "old": "", "new": "Anchorage"}, {"field": "body", "old": "", "new": "Anchorage Assembly"}, {"field": "instrument", "old": "", "new": "ban"}, {"field": "topic", "old": "", "new": "environment"}, {"field": "subject", "old": "", "new": "bags anchorage dissent stores months"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2018-12-18"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Anchorage Assembly adopts ban: plastic bags"}, {"field": "policy", "old": "", "new": "d4642cf6941c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.945"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/chugach-sentinel/2018-12-19-anchorage-delays-bag-ban.html"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/juneau-channel/2018-12-19-anchorage-stores-get-more-time.html"}]','5d46e52f107d');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Chugach Sentinel on 2018-12-19','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:ak/place:anchorage"}, {"field": "jurisdiction_name", "old": "", "new": "Anchorage"}, {"field": "body", "old": "", "new": "Anchorage Assembly"}, {"field": "instrument", "old": "", "new": "ban"}, {"field": "topic", "old": "", "new": "environment"}, {"field": "subject", "old": "", "new": "bags anchorage stores months"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2019-09-15"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "Anchorage Assembly\u2019s ban takes effect: plastic bags"}, {"field": "policy", "old": "", "new": "d4642cf6941c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.846"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/chugach-sentinel/2018-12-19-anchorage-delays-bag-ban.html"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/juneau-channel/2018-12-19-anchorage-stores-get-more-time.html"}]','0e6e5647fb0d');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-12-19','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "Milwaukee Fire and Police Commission"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "warrant judge officers immigration arrests case"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2019-12-18"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Milwaukee Fire and Police Commission adopts policy: immigration enforcement"}, {"field": "policy", "old": "", "new": "9825b8449f18"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.927"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-12-19-milwaukee-commission-requires-judicial-warrant.html"}]','df16277a3212');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2021-05-02','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "City of Austin"}, {"field": "instrument", "old": "", "new": "ordinance"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "camp homelessness camping crime"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2021-05-01"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "City of Austin adopts ordinance: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.898"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html"}]','cede477c54c0');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2021-05-02','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "City of Austin"}, {"field": "instrument", "old": "", "new": "ordinance"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "camping spokesperson"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2021-05-11"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "City of Austin\u2019s ordinance takes effect: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.869"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html"}]','6c631be971c9');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2021-05-02','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "Austin City Council"}, {"field": "instrument", "old": "", "new": "earlier ban"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "earlier camping"}, {"field": "stage", "old": "", "new": "rescinded"}, {"field": "date", "old": "", "new": "2019"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "Austin City Council rescinds ban: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.485"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2021-05-02-austin-voters-restore-camping-ban.html"}]','ba6e94473571');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2017-05-08','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "City of Austin"}, {"field": "instrument", "old": "", "new": "sanctuary"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "cities inmates officers country"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2017-05-07"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "City of Austin adopts policy: sanctuary status"}, {"field": "policy", "old": "", "new": "9546537d927f"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.866"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2017-05-08-texas-governor-signs-sb4.html"}]','7a4c63a8a73b');
INSERT INTO "revision" VALUES(2,'2022-09-01 12:00:00.000000','tracker','also reported by Fox Cities Banner','[{"field": "score", "old": "0.889", "new": "0.904"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/fox-cities-banner/2017-07-04-groups-fault-milwaukee-police-policy.html"}]','f28f41e84124');
INSERT INTO "revision" VALUES(2,'2022-09-01 12:00:00.000000','tracker','also reported by Fox Cities Banner','[{"field": "score", "old": "0.737", "new": "0.773"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/fox-cities-banner/2017-07-04-groups-fault-milwaukee-police-policy.html"}]','6e05912daea6');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2019-06-21','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "Austin City Council"}, {"field": "instrument", "old": "", "new": "most of an ordinance"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "camping hours crime testimony panhandling"}, {"field": "stage", "old": "", "new": "rescinded"}, {"field": "date", "old": "", "new": "2019-06-20"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Austin City Council rescinds ordinance: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.87"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-06-21-austin-eases-camping-rules.html"}]','e9e7338ac777');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2019-06-21','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "Austin City Council"}, {"field": "instrument", "old": "", "new": "hours"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "hours camping testimony panhandling"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2019-07-01"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "Austin City Council\u2019s policy takes effect: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.735"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-06-21-austin-eases-camping-rules.html"}]','d974f76a667d');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2019-06-21','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "City of Austin"}, {"field": "instrument", "old": "", "new": "old ordinance"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "hours camping testimony panhandling"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "1996"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "City of Austin adopts ordinance: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.938"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-06-21-austin-eases-camping-rules.html"}]','28ed9a7bf3a6');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-10-18','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "City of Milwaukee"}, {"field": "instrument", "old": "", "new": "rule"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "agents immigration judge signature"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2019-09"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "City of Milwaukee\u2019s rule takes effect: immigration enforcement"}, {"field": "policy", "old": "", "new": "c50f46246370"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.622"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-10-18-milwaukee-judicial-warrant-draft.html"}]','2ace09ec4088');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-10-18','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "Milwaukee City Commission"}, {"field": "instrument", "old": "", "new": "standards"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "agents questions immigration standards judge committee"}, {"field": "stage", "old": "", "new": "proposed"}, {"field": "date", "old": "", "new": "2019-10-17"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Milwaukee City Commission considers standards: immigration enforcement"}, {"field": "policy", "old": "", "new": "c50f46246370"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.578"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-10-18-milwaukee-judicial-warrant-draft.html"}]','56e612a89763');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2019-10-18','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "Austin City Council"}, {"field": "instrument", "old": "", "new": "limits"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "sidewalks tents"}, {"field": "stage", "old": "", "new": "rejected"}, {"field": "date", "old": "", "new": "2019-10-17"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Austin City Council rejects limits: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.801"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-10-18-austin-sidewalk-camping-ban.html"}]','eebd76d085d2');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Live Oak Monitor on 2019-10-18','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:tx/place:austin"}, {"field": "jurisdiction_name", "old": "", "new": "Austin"}, {"field": "body", "old": "", "new": "City of Austin"}, {"field": "instrument", "old": "", "new": "limits"}, {"field": "topic", "old": "", "new": "homelessness"}, {"field": "subject", "old": "", "new": "camping sidewalk doors businesses downtown shelter"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2019-10-17"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "City of Austin adopts limits: camping in public"}, {"field": "policy", "old": "", "new": "542b7216c61c"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.933"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-10-18-austin-sidewalk-camping-ban.html"}]','81d2245e09ca');
INSERT INTO "revision" VALUES(2,'2022-09-01 12:00:00.000000','tracker','a more precise date according to Live Oak Monitor, 2019-10-18','[{"field": "instrument", "old": "earlier ban", "new": "earlier ordinance in June"}, {"field": "subject", "old": "earlier camping", "new": "earlier sidewalks tents"}, {"field": "date", "old": "2019", "new": "2019-06"}, {"field": "title", "old": "Austin City Council rescinds ban: camping in public", "new": "Austin City Council rescinds ordinance in June: camping in public"}, {"field": "score", "old": "0.485", "new": "0.9181"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2019-10-18-austin-sidewalk-camping-ban.html"}]','ba6e94473571');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-12-13','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "City of Milwaukee"}, {"field": "instrument", "old": "", "new": "police immigration rule"}, {"field": "identifier", "old": "", "new": "sop 130"}, {"field": "topic", "old": "", "new": "immigration"}, {"field": "subject", "old": "", "new": "immigration panel exceptions"}, {"field": "stage", "old": "", "new": "proposed"}, {"field": "date", "old": "", "new": "2019-12-12"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "City of Milwaukee considers police immigration rule"}, {"field": "policy", "old": "", "new": "b09ab26217e1"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.937"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-12-13-milwaukee-panel-warrant-rule.html"}]','1851b72fccde');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-12-16','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "City of Milwaukee"}, {"field": "topic", "old": "", "new": "other"}, {"field": "subject", "old": "", "new": "director choice promotions session"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2019-12"}, {"field": "basis", "old": "", "new": "reported"}, {"field": "title", "old": "", "new": "City of Milwaukee adopts policy"}, {"field": "policy", "old": "", "new": "af328f429835"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.952"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-12-16-commission-picks-director.html"}]','ce34aa6dae98');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-12-16','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "City of Milwaukee"}, {"field": "topic", "old": "", "new": "other"}, {"field": "subject", "old": "", "new": "promotions director"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2019-12-22"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "City of Milwaukee\u2019s policy takes effect: police promotions"}, {"field": "policy", "old": "", "new": "af328f429835"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.758"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-12-16-commission-picks-director.html"}]','ea9c996dc053');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2019-12-16','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "City of Milwaukee"}, {"field": "topic", "old": "", "new": "other"}, {"field": "subject", "old": "", "new": "director attorney promotions"}, {"field": "stage", "old": "", "new": "effective"}, {"field": "date", "old": "", "new": "2020-01-06"}, {"field": "basis", "old": "", "new": "stated"}, {"field": "title", "old": "", "new": "City of Milwaukee\u2019s policy takes effect"}, {"field": "policy", "old": "", "new": "af328f429835"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.68"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2019-12-16-commission-picks-director.html"}]','165a011dbeb0');
INSERT INTO "revision" VALUES(2,'2022-09-01 12:00:00.000000','tracker','also reported by Live Oak Monitor','[{"field": "instrument", "old": "ordinance", "new": "ban on camping in public"}, {"field": "title", "old": "City of Austin\u2019s ordinance takes effect: camping in public", "new": "City of Austin\u2019s ban on camping in public takes effect"}, {"field": "score", "old": "0.869", "new": "0.9897"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/live-oak-monitor/2021-05-11-austin-camping-ban-takes-effect.html"}]','6c631be971c9');
INSERT INTO "revision" VALUES(1,'2022-09-01 12:00:00.000000','tracker','first reported by Lakefront Ledger on 2021-11-19','[{"field": "jurisdiction", "old": "", "new": "ocd-division/country:us/state:wi/place:milwaukee"}, {"field": "jurisdiction_name", "old": "", "new": "Milwaukee"}, {"field": "body", "old": "", "new": "Milwaukee Fire and Police Commission"}, {"field": "instrument", "old": "", "new": "Standard Operating Procedure 970"}, {"field": "identifier", "old": "", "new": "sop 970"}, {"field": "topic", "old": "", "new": "stops-and-searches"}, {"field": "subject", "old": "", "new": "prohibition evening raids"}, {"field": "stage", "old": "", "new": "adopted"}, {"field": "date", "old": "", "new": "2021-11-18"}, {"field": "basis", "old": "", "new": "relative"}, {"field": "title", "old": "", "new": "Milwaukee Fire and Police Commission adopts Standard Operating Procedure 970: no-knock warrants"}, {"field": "policy", "old": "", "new": "d8cea559f21f"}, {"field": "status", "old": "", "new": "pending"}, {"field": "score", "old": "", "new": "0.959"}, {"field": "evidence", "old": "", "new": "http://news.example/pages/lakefront-ledger/2021-11-19-milwaukee-ends-no-knock-warrants.html"}]','f804ede20594');
INSERT INTO "revision" VALUES(2,'2026-11-26 20:07:33.041475','root','confirmed','[{"field": "status", "old": "pending", "new": "confirmed"}, {"field": "locked", "old": "", "new": "evidence, status"}]','698727670b75');
INSERT INTO "revision" VALUES(2,'2026-11-26 20:07:45.918885','root','rejected','[{"field": "status", "old": "pending", "new": "rejected"}, {"field": "locked", "old": "", "new": "evidence, status"}]','5d46e52f107d');
CREATE TABLE subscriber (
	id INTEGER NOT NULL, 
	address VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	frequency VARCHAR NOT NULL, 
	weekday INTEGER NOT NULL, 
	hour INTEGER NOT NULL, 
	timezone VARCHAR NOT NULL, 
	added_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	ended_at DATETIME, 
	suppressed_at DATETIME, 
	problem VARCHAR NOT NULL, 
	last_slot VARCHAR NOT NULL, 
	last_at DATETIME, 
	CONSTRAINT pk_subscriber PRIMARY KEY (id), 
	CONSTRAINT uq_subscriber_folded UNIQUE (folded), 
	CONSTRAINT uq_subscriber_key UNIQUE ("key")
);
INSERT INTO "subscriber" VALUES(1,'ada@example.org','ada@example.org','oKtoV6gm6qJlDz8l','weekly',0,7,'America/Chicago','2026-11-26 20:06:55.438224','2026-11-26 20:06:55.456968',NULL,NULL,'','2026-11-26','2026-11-26 20:08:21.388695');
INSERT INTO "subscriber" VALUES(2,'bob@example.org','bob@example.org','uX0C4CbtRk-AwXX5','weekly',0,7,'America/Chicago','2026-11-26 20:07:02.281281','2026-11-26 20:07:02.579823',NULL,NULL,'','2026-11-26','2026-11-26 20:08:21.388695');
CREATE TABLE subscription (
	id INTEGER NOT NULL, 
	subscriber_id INTEGER NOT NULL, 
	place VARCHAR, 
	inside BOOLEAN NOT NULL, 
	topics JSON NOT NULL, 
	stages JSON NOT NULL, 
	CONSTRAINT pk_subscription PRIMARY KEY (id), 
	CONSTRAINT fk_subscription_subscriber_id_subscriber FOREIGN KEY(subscriber_id) REFERENCES subscriber (id) ON DELETE CASCADE
);
INSERT INTO "subscription" VALUES(1,1,'ocd-division/country:us/state:wi/place:milwaukee',1,'["immigration"]','[]');
INSERT INTO "subscription" VALUES(2,2,NULL,1,'[]','[]');
CREATE INDEX ix_feed_next_poll ON feed (next_poll);
CREATE INDEX ix_policy_jurisdiction ON policy (jurisdiction);
CREATE INDEX ix_article_feed_id ON article (feed_id);
CREATE INDEX ix_article_published ON article (published);
CREATE INDEX ix_article_reader_version_id ON article (reader_version, id);
CREATE INDEX ix_article_report ON article (report);
CREATE INDEX ix_article_text_hash ON article (text_hash);
CREATE INDEX ix_finding_jurisdiction_stage ON finding (jurisdiction, stage);
CREATE INDEX ix_item_article_id ON item (article_id);
CREATE INDEX ix_item_next_try ON item (next_try);
CREATE INDEX ix_item_key_item_id ON item_key (item_id);
CREATE INDEX ix_revision_at_entry_id ON revision (at, entry_id);
CREATE INDEX ix_evidence_entry_id ON evidence (entry_id);
CREATE INDEX ix_subscription_subscriber_id ON subscription (subscriber_id);
CREATE INDEX ix_edition_created_at ON edition (created_at);
CREATE INDEX ix_message_edition_id ON message (edition_id);
CREATE INDEX ix_message_next_try_id ON message (next_try, id);
CREATE INDEX ix_message_state ON message (state);
CREATE INDEX ix_ledger_message_id ON ledger (message_id);
CREATE INDEX ix_bounce_subscriber_id ON bounce (subscriber_id);
CREATE INDEX ix_entry_date_id ON entry (date, id);
CREATE INDEX ix_entry_policy ON entry (policy);
CREATE INDEX ix_entry_jurisdiction_date_id ON entry (jurisdiction, date, id);
CREATE INDEX ix_entry_need ON entry (need);
CREATE INDEX ix_moved_entry_entry_id ON moved_entry (entry_id);
COMMIT;
