"""Given names and their short forms. Data, of our own making: a name that is missing here proves nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

__all__ = ["GIVEN_NAMES", "SAME_NAME"]

_SHORT_FORMS = """
    abigail abby abi gail; abdullah abdul; adrian ade; agnieszka aga; albert al bert albie; alejandro alex ale
    jandro; aleksandr alexander alex sasha alexandr aleksander xander sandy alec alek; aleksandra alexandra alex
    sasha alexa sandra sandy lexi ola; alexis alex lexi; alfred alf fred alfie; alice ali; alison ally allison;
    amanda mandy; amelia amy mia; anastasia nastya ana stacy; andrew andy drew andrei andre andreas andrey; andrea
    andi; angela angie angelina; anita nita; anna ann anne annie ana anya hanna; anthony tony ant antonio toni
    anton; antoinette toni nettie; arthur art artie; barbara barb babs barbora; bartholomew bart; bartosz bartek;
    beatrice bea trixie beatriz; benjamin ben benny benji; bernard bernie; bradley brad; brenda bren; bridget bridie
    biddy; calvin cal; cameron cam; carolina caro lina carol; caroline carrie caro carol lina; cassandra cassie
    sandra; catherine cathy cat kate katie katherine kathryn kathy kat katya katarina kay cate kit ekaterina;
    cecilia cece celia; charles charlie chuck chas carlos karl; charlotte charlie lottie char; christian chris;
    christina chris chrissy tina christine christa kristina kristin; christopher chris kit topher christoph;
    clifford cliff; constance connie; cynthia cindy; daniel dan danny; danielle dani; david dave davey; deborah deb
    debbie debra; dennis denny; deepak deep; dimitri dima dmitri dmitry; dominic dom nick dominik; dominika dom
    nika; donald don donnie; dorothy dot dottie; douglas doug; edward ed eddie ted ned eduard eddy; edmund ed eddie
    ted; eduardo edu eddie; eleanor ellie nell nora ella; elena lena helena; elizabeth liz beth lizzie betty eliza
    libby lisa ella elisabeth bess elsa; emanuel manny manu emmanuel; emily em emmy; emma em; ernest ernie; esther
    essie; eugene gene; evelyn evie; ezekiel zeke; felicity fliss; fernando nando fer; florence flo; frances fran
    franny; francesca fran chesca; francesco franco; francis frank fran; francisco paco fran pancho; franklin frank;
    frederick fred freddie fritz frederik friedrich; gabriel gabe gab; gabriela gabi gaby gabriella; genevieve gen
    viv; geoffrey geoff jeff jeffrey; gerald gerry jerry; gerard gerry; gianluca luca; giovanni gianni vanni;
    giuseppe beppe; gonzalo gonza; graham gray; gregory greg gregor; guillermo memo guille; gustavo gus; gwendolyn
    gwen; harold harry hal; harrison harry; harshita harshi; heather hev; helen nell ellen; henry harry hank hal;
    herbert herb bert; howard howie; hubert bert; humphrey hum; ignacio nacho; isabella bella izzy isabel isabelle
    bel; isaac ike zac; jacob jake jakob jakub; jacqueline jackie jacqui; james jim jimmy jamie jem; janet jan;
    jaroslav jarda; jasmine jas jazz; javier javi; jayanthi jaya; jennifer jen jenny jenn; jeremiah jerry jem;
    jeremy jem jerry; jessica jess jessie; joachim jo achim; joanna jo joan joanne asia; johannes hans jo hannes;
    john johnny jack jon johnnie; jonathan jon jonny nathan john; jose pepe; josefina josie fina; joseph joe joey
    jo; josephine jo josie; joshua josh; juan juanito; judith judy judi; julian jules; julia jules juliet; justin
    jus; karen kaz; katarzyna kasia; kenneth ken kenny; kevin kev; kimberly kim kimberley; konstantin kostya;
    krishnan krish krishna; krzysztof krzys chris; lakshmi laxmi; lawrence larry laurie lars laurence; leonard leo
    len lenny; leonardo leo; leopold leo; lewis lew louis lou; lillian lily lil; linda lindy; louise lou; lucas luke
    luca lukas; lucille lucy lu; luciana lu; lukasz luke lucas; mackenzie kenzie mack; madeleine maddie madeline;
    magdalena magda lena; malgorzata gosia; manuel manny manolo manu; marcus mark marc; margaret maggie meg peg
    peggy marge greta rita madge margot daisy; maria mary mia masha marie; marianne mary; marilyn mary; mario mar;
    martin marty; martina tina; matilda tilly; matthew matt matty matthias mateusz mathew; maurice mo; maximilian
    max; maxine max; maxwell max; melanie mel; melissa mel missy lissa; mercedes merche; michael mike mick mikey
    micky mitch misha michal mikhail miguel; michelle shell chelle mich; mildred millie; miriam mim; mitchell mitch;
    mohammed mo mohamed muhammad mohammad moh; monica mon nika; nancy nan; natalia nat talia natasha nata; natalie
    nat; nathaniel nat nate nathan; nicholas nick nicky nico nicolas klaus nikolai niko; nicole nicky nic nikki;
    nikhil nik; octavia tavi; oliver ollie oli; olivia liv livvy; oluwaseun seun; oluwaseyi seyi; oluwatobi tobi;
    olufemi femi; ifeoluwa ife; ngozi ngo; chukwuemeka emeka; chidinma chichi; chinedu nedu; pamela pam;
    parthasarathy partha; patricia pat patty trish tricia patti; patrick pat paddy rick; paul pauly pablo paulo
    pavel; paula polly; penelope penny; peter pete petey petr pedro piotr; philip phil pip phillip; philippa pip
    pippa; priscilla cilla; priyanka priya pri; rachel rach rachael; rafael rafa raphael; rajesh raj; rajendra raj;
    randall randy; raymond ray; rebecca becky bec becca; regina gina; reginald reg reggie; ricardo ricky rick;
    richard rick rich dick richie rik ricky; robert bob rob bobby robbie bert roberto; roberta bobbie; robin rob;
    rodney rod; roderick rod rory; rodrigo rod rodri; roland rolly; ronald ron ronnie; rosalind roz ros; rosemary
    rose rosie; roxanne roxy; rudolf rudi rudy; russell russ; samantha sam sammy; samuel sam sammy; sandra sandy;
    santiago santi; sarah sally sadie sara; sebastian seb bastian; sergey serge sergei seryozha; sergio checo;
    shannon shan; sharon shaz; siddharth sid; simone sim; solomon sol; sophia sophie sofia; spencer spence; stacey
    stace; stanislav stas slava; stanley stan; stefania steffi; stefanie steffi stephanie steph stefi; stephen steve
    steven stevie stefan stephan; stewart stu stuart; subramaniam subbu; sunil sunny; susan sue suzie susie susanna
    suzanne susanne; svetlana sveta lana; swaminathan swami; sylvester sly; tabitha tabby; tamara tammy toma;
    tatiana tanya tati; terence terry terrence; teresa terry tess theresa tessa reese; theodore theo ted teddy;
    thomas tom tommy tomas tomasz; tiffany tiff; timothy tim timmy; tobias toby tobi; tomislav tomi; tyler ty;
    uchenna uche; valentina val tina; valerie val; vanessa nessa; venkatesh venkat; venkatesan venkat; veronica
    ronnie vero roni; victor vic viktor; victoria vicky tori vic vicki; vijayalakshmi viji; vikram vik; vincent vin
    vince vinny; virginia ginny; viswanathan vishy; vivian viv; vladimir vlad vova volodymyr; walter walt wally;
    wilhelm will willi; wilfred wilf; william bill will billy liam willy wil; winifred winnie; winston win; yaroslav
    slava; yekaterina katya; yevgeny zhenya; yusuf joe yousef; zachary zach zack; zoltan zoli; zsuzsanna zsuzsi;
    adrianna ada; agnieszka aga; albert al bert; aleksander olek alex; aleksandr sasha sanya shura alexander alex;
    aleksandra sasha sanya ola alexandra alex; alejandro ale alex; alejandra ale; alfonso poncho; anastasia nastya
    nastia stacy; anatoly tolya; andrea andi; andrey andriy andrei andrew; andrzej andrew jedrek; angelika geli; anna
    ania anya anja; antonio tono toni tony; antonina tonya; arkady arkasha; barbara basia; bartlomiej bartek bart;
    bartosz bartek; beata beatka; bernhard bernie bernd; bjoern bjorn; bogdan bohdan; bohumil bohus; boris borya;
    boguslaw bogus; carlos charly; concepcion concha conchita; cristobal tobal; czeslaw czesiek; dariusz darek; david
    davy; denis denys dennis; dietrich dieter; dolores lola loli; dorota dorotka; edyta edie; ekaterina katya kate
    katerina kateryna; elzbieta ela elka; encarnacion encarna; enrique quique kike; evgeny yevgeny zhenya eugene
    yevhen; evgenia zhenya; ewa eva; ewelina ewelinka; federico fede; felipe pipe; florian flo; francisca paca paqui;
    frederike rike friederike freddie; galina galya; georg schorsch; gennady gena; gerhard gerd; gertrud gerti;
    grzegorz grzesiek grzes greg; guadalupe lupe lupita; hannelore hanne; heinrich heinz heiner; henryk heniek; ignat
    ihnat; ilya illya; irina ira iryna; iwona iwonka; ivan vanya ivo; jacek jack; jadwiga jadzia; jakub kuba jakob;
    janusz jan; jaroslaw jarek; jerzy jurek george; jesus chuy suso; joanna asia joasia; joaquin quino; joern jorn;
    jorg joerg; josef sepp; jozef jozek; juergen jurgen; julia yulia yulya julie; karl kalle charles; kamila kama;
    katharina kathi katha kati katja kathrin; kazimierz kazik; klaudia claudia; konrad konni; krystyna krysia; larisa
    lara; leonid lyonya; leszek lech; lidia lida; lukas lucas luki; lyudmila lyuda luda mila; maciej maciek; margarita
    rita margo; maria masha marysia mariya; mariusz mario; marek mark; matthias matze matti; maksim max maxim maksym;
    maria marisol; mercedes merche; mikhail misha mykhailo mike michael; miroslaw mirek; mykola kolya nikolai nicholas;
    natalya natasha nataliya natalia; nikita nik; oksana ksenia; oleg oleh; oleksandr sasha alexander; olga olya olha;
    olena lena elena helen; pavel pasha pavlo paul; pawel paul; piotr peter piotrek; polina polya; przemyslaw przemek;
    radoslaw radek; rafael rafa; renata renia; rosario charo; roza rosa; ruslan rus; ryszard rysiek richard; ryszarda
    rysia; sebastian basti bastian; sergei seryozha serhiy sergey serge; slawomir slawek; sofia sonya sophia; stanislaw
    staszek stas; stanislav stas slava; stefan steff stef steffen; stefanie steffi; susanne susi sanne; susan suzy;
    svitlana sveta svetlana; sylwia sylvia; szymon simon; tadeusz tadek; tatyana tanya tatiana tetiana; tamara toma;
    tomasz tomek thomas; tomas tomi; urszula ula ursula; ursula uschi uli ulla; ulrich uli; ulrike uli rike; valentyna
    valya; vasily vasya vasyl; vera vira; viktor vitya victor; vitaly vitalik vitalii; vladimir vova volodya volodymyr
    vlad; vladislav vlad; vyacheslav slava; waldemar waldek; walther walter; wieslaw wiesiek; wilhelmina mina; wladyslaw
    wladek; wojciech wojtek; wolfgang wolf wolfi; yaroslav slava yarik; yury yura yuri; zbigniew zbyszek; zdzislaw
    zdzisek;
    zofia zosia; oleksii alexey alyosha lyosha aleksei alexei; dmitry dima mitya dmytro dmitri; ignacy ignacek; tymofiy
    tim; arturo turo; consuelo chelo; dolores lolita; fernando nano; gabriel gabo; jorge coque; ignacio nacho; jose
    chepe pepe; juan juancho; luis lucho; manuel manolo; mauricio mauri; nicolas nico; pilar pili; roberto beto;
    salvador     chava;
    soledad sole; teresa tere; veronica vero; vicente chente; ximena xime; subramanian subbu mani; padmanabhan paddy;
    raghunathan raghu; ramakrishnan ram ramki; chandrasekhar chandra sekhar; sanjeev sanju; sanjay sanju; rajendran raj;
    nageswara nag; muthukumar muthu kumar"""
"""One name with its short forms, then the next. A short form may be of several names."""

_ALSO = """
    aarav aaron aarti abena achieng adaeze adam adaora adebayo adele adeola aditi aditya agnes ahmed aidan aiko
    aisha aisling ajay akash akiko akira alan alba aldo alessandra alessandro alessia alfonso alina alma alvaro
    amadou amara amelie amina amir amit amrita anand ananya anaya anders aneesh anika anil anjali ankit ansel antje
    anusha apinya aria ariana ariel arjun arnaud arturo arun asha ashley ashok astrid asuka aurelie ava awa axel
    ayesha ayse ayumi aziz babajide bao beata bianca bilal birgit bjorn blanca bo bogdan bongani boris brandon brian
    bruce bruno bryan camila camille carla carlo carmen catalina cesar chandra chao chen chiamaka chiara chidi chika
    chinwe chloe claire clara claudia claudio colin colleen craig cristina dae dagmar daichi daisuke dalia damian
    dana daria darren dean declan delphine derek devi devika diana diego dieter dilip dina divya diya dora dorota
    duncan dung dylan ebere ebony edgar edith efua ehsan eileen eitan elaine elias elif elijah elin elisa eliska
    elodie eloise emi emil emilia emiliano emilie emre enrique eric erica erik erika erin eshan eszter ethan eun eva
    evan eve fabian fabio fang farah farai farid fatima fatou federico felipe felix feng fiona flavia florian folake
    freya funmi gareth garrett gauri gavin gbenga gemma georg george georgia georgina gia giorgio giovanna giulia
    gloria gopal grace guido gunther guy habib hamid hamza hana hannah hao harish haruka haruto hassan hector heidi
    heike helga henrik hideo hina hiro hiroshi hoa holly hong hugo hui hung huong hussein hye hyun ian ibrahim ida
    igor ikram imani imran ines inga ingrid ira irene irina iris ishaan ivan ivana ivo ivy jaime jamal jana jane
    jarek jason jasper jean jelena jenna jens jerome ji jia jide jie jill jin jing jisoo joana joao joaquin joel
    joon jorge joris jorn josefa joy joyce juana jude juliana julie julien julio jun junaid jung junko jurgen jyoti
    kabir kai kaito kalpana kamal kamala kamau kamil kaori kareem karim karin karolina kavita kavya kazuki kehinde
    keiko keith kelly kelvin kenji kenta khalid khanh kiran klara kofi kojo krisztina kriti kumar kunle kwame kyle
    kyung laila lakshman lan lara laszlo lata laura laure lauren layla lea leah leandro lei leila leon leonie lerato
    leslie leticia levi li lilian lin ling linh liu logan long lorena lorenzo lorna louisa luc lucia lucie luis luiz
    lydia lynn madhavi mads maeve mahesh mai maja makoto malik mamadou mandla manish manju manoj mara marcel marcelo
    marcin marco mareike marek maren mariam mariana mariko marina marion marisa marius marjorie marta martha maryam
    mateo mathilde matteo maureen mayumi meera megumi mehdi mehmet mei mercy meredith micah mihai mikael mikko milan
    milena min ming minh mira mirela miro miroslav misaki mitsuki moira molly mona morgan moses moussa murali musa
    mustafa myra na nabil nadia nadir nam naoki naomi narayan nasir natsuki naveen neha neil nela nga ngoc nia niamh
    nicola nigel nikita nikola nils nina ning nisha nitin njeri nkechi nnamdi noah noam noel noelle nomsa noor norma
    nuno nur obinna olaf oleg oleksandr olena olga olumide omar omari orla orlando oscar osman otieno owen pallavi
    paolo parisa pascal patrice patrik pau paulina pavol phuong pia pierre pilar ping pooja prakash pranav prasad
    pratik preeti priti punit qi qiang quang quentin quinn quyen rahul raja rajiv ralf ralph ram ramon rana rania
    rashid rasmus raul ravi rekha ren reyansh reza rhys rika riku rin ritu roger rohan rohit roisin romain roman
    rong rosa ross roy ruben rudo rui ruth ryan ryo saad saanvi sabina sabine sachin sade sahil said sakura salim
    salma salman salvatore sameer sami samir sana sandeep sang sangeeta sanjay satoshi saurabh scott sean segun
    selim selma seo serena shah shane sheila shin shinji shirin shota shreya shu shweta sibusiso sigrid silas silke
    silvia simon sina sinead siobhan sipho siti sofie solange soledad son sonia soo sora soren stella sumit sung
    sunita suresh susana sven swati sylvia tahir taiwo takashi takumi tamar tamas tao tara tariq taro tarun tatenda
    tatsuya temitope tendai thabo thandi thandiwe thanh thao thiago thierry thomasina thu ting todd tomoko tove
    tracy trang trevor trung tu tuan tunde tuva uday ulrich ulrike uma umar urs ursula usha uwe van vandana vanja
    varun vasile vera viet vihaan viktoria vinay vineet viola vishal vivek wanjiru wei wen wendy werner wiktor wim
    wojciech wolfgang woo xavier xia xiang xiaoming xin xuan yael yamato yan yana yang yara yash yasir yasmin
    yasmine yasuko yi ying yinka yoko yolanda yong yosef yoshi young youssef yu yui yuki yukiko yulia yun yuri yusra
    yuto yvonne zahra zaid zainab zara zeynep zhang zhen zhi zhong zoe zofia zola zuzana"""


def _forms() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number, group in enumerate(_SHORT_FORMS.split(";")):
        for name in group.split():
            found[name].add(str(number))
    return {name: frozenset(lines) for name, lines in found.items()}


SAME_NAME: Mapping[str, frozenset[str]] = _forms()
"""What a name stands beside: two names that share one may be the same person's."""

GIVEN_NAMES: frozenset[str] = frozenset(SAME_NAME) | frozenset(_ALSO.split())
"""Names, without accents, that tell that somebody is called so."""
