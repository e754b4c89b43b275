//! The ATT&CK techniques that the invented detections are about.

/// One technique and how a detection of it reads.
#[derive(Debug)]
pub(crate) struct Technique {
    /// The id in ATT&CK.
    pub(crate) id: &'static str,
    /// The tactic it serves.
    pub(crate) tactic: &'static str,
    /// The name of a detection.
    pub(crate) name: &'static str,
    /// What was seen, as a sentence.
    pub(crate) seen: &'static str,
    /// What the detection groups by.
    pub(crate) key: &'static str,
}

const fn technique(
    id: &'static str,
    tactic: &'static str,
    name: &'static str,
    key: &'static str,
    seen: &'static str,
) -> Technique {
    Technique { id, tactic, name, seen, key }
}

/// The techniques of the scenario, in the order of the tactics.
pub(crate) const TECHNIQUES: &[Technique] = &[
    technique(
        "T1595",
        "Reconnaissance",
        "Port sweep from one address",
        "remote_address",
        "One outside address tried many ports of one host within a minute.",
    ),
    technique(
        "T1592",
        "Reconnaissance",
        "Version scan of a web server",
        "remote_address",
        "Requests asked a web server for paths that only scanners ask for.",
    ),
    technique(
        "T1583",
        "Resource Development",
        "Look-alike domain resolved",
        "question",
        "A host looked up a domain that differs from the company's by one letter.",
    ),
    technique(
        "T1190",
        "Initial Access",
        "Exploit attempt on a public application",
        "remote_address",
        "A request carried a payload of a known weakness of the application.",
    ),
    technique(
        "T1133",
        "Initial Access",
        "Remote access from a new country",
        "login_name",
        "A person opened the remote access from a country never seen for them before.",
    ),
    technique(
        "T1566",
        "Initial Access",
        "Attachment with a macro opened",
        "path",
        "A document from a mail started a script host after it was opened.",
    ),
    technique(
        "T1059.001",
        "Execution",
        "Encoded shell command",
        "cmdline",
        "A shell was started with an encoded command that hides what it does.",
    ),
    technique(
        "T1059.004",
        "Execution",
        "Reverse shell over bash",
        "cmdline",
        "A bash process was tied to a network socket.",
    ),
    technique(
        "T1204",
        "Execution",
        "Program started from the download folder",
        "path",
        "A program without a known signer was started from a download folder.",
    ),
    technique(
        "T1053.005",
        "Execution",
        "Scheduled task made by an office program",
        "path",
        "An office program registered a task that starts at every logon.",
    ),
    technique(
        "T1547.001",
        "Persistence",
        "New entry in the run key",
        "path",
        "A program was entered where the system starts things at logon.",
    ),
    technique(
        "T1136.001",
        "Persistence",
        "Local account made outside the joiner process",
        "login_name",
        "A local account appeared that no ticket asked for.",
    ),
    technique(
        "T1098.004",
        "Persistence",
        "Key added to authorized_keys",
        "path",
        "A public key was added to an account's list of trusted keys.",
    ),
    technique(
        "T1505.003",
        "Persistence",
        "Web shell written by the web server",
        "path",
        "The web server's own user wrote a script into the served folder.",
    ),
    technique(
        "T1548.003",
        "Privilege Escalation",
        "Sudo rule changed",
        "path",
        "The rules of sudo were changed outside the configuration management.",
    ),
    technique(
        "T1068",
        "Privilege Escalation",
        "Kernel exploit pattern",
        "path",
        "A process gained rights in a way that fits a known weakness of the kernel.",
    ),
    technique(
        "T1134",
        "Privilege Escalation",
        "Token of another user taken",
        "login_name",
        "A process took over the token of another person's session.",
    ),
    technique(
        "T1070.001",
        "Defense Evasion",
        "Event log cleared",
        "host",
        "The security log was cleared by hand.",
    ),
    technique(
        "T1562.001",
        "Defense Evasion",
        "Protection switched off",
        "host",
        "The protection agent was stopped and its service disabled.",
    ),
    technique(
        "T1027",
        "Defense Evasion",
        "Packed program with a random name",
        "md5",
        "A program with high entropy and a random name was started.",
    ),
    technique(
        "T1036.005",
        "Defense Evasion",
        "System name in the wrong folder",
        "path",
        "A program carries the name of a system file but lies elsewhere.",
    ),
    technique(
        "T1218.011",
        "Defense Evasion",
        "Library started through a system tool",
        "cmdline",
        "A signed tool of the system loaded a library from a temporary folder.",
    ),
    technique(
        "T1110.001",
        "Credential Access",
        "Brute force on a login",
        "remote_address",
        "Many failed logins of one account were followed by a success.",
    ),
    technique(
        "T1110.003",
        "Credential Access",
        "Password spray over many accounts",
        "remote_address",
        "One address tried the same few passwords on many accounts.",
    ),
    technique(
        "T1003.001",
        "Credential Access",
        "Memory of the login service read",
        "path",
        "A process opened the memory of the service that keeps credentials.",
    ),
    technique(
        "T1552.001",
        "Credential Access",
        "Search for secrets in files",
        "cmdline",
        "A shell searched many files for words such as password and secret.",
    ),
    technique(
        "T1558.003",
        "Credential Access",
        "Service tickets asked in bulk",
        "login_name",
        "One account asked for tickets of many services within minutes.",
    ),
    technique(
        "T1087.002",
        "Discovery",
        "Directory accounts listed",
        "login_name",
        "A workstation listed all accounts of the directory.",
    ),
    technique(
        "T1046",
        "Discovery",
        "Network services scanned from inside",
        "local_address",
        "An inside host tried the same port on a whole network.",
    ),
    technique(
        "T1082",
        "Discovery",
        "System details gathered by a script",
        "cmdline",
        "A script asked for system, patches and network in one go.",
    ),
    technique(
        "T1021.001",
        "Lateral Movement",
        "Remote desktop between workstations",
        "remote_address",
        "A workstation opened a remote desktop to another workstation.",
    ),
    technique(
        "T1021.002",
        "Lateral Movement",
        "Administrative share mounted",
        "remote_address",
        "A hidden administrative share was mounted from a workstation.",
    ),
    technique(
        "T1570",
        "Lateral Movement",
        "Tool copied to many hosts",
        "md5",
        "The same new program appeared on several hosts within minutes.",
    ),
    technique(
        "T1005",
        "Collection",
        "Many documents read by one process",
        "path",
        "One process opened far more documents than any person would.",
    ),
    technique(
        "T1114.003",
        "Collection",
        "Mail forwarding rule to the outside",
        "login_name",
        "A mailbox got a rule that forwards everything to an outside address.",
    ),
    technique(
        "T1560.001",
        "Collection",
        "Archive with a password made",
        "path",
        "Files of several folders were packed into an archive with a password.",
    ),
    technique(
        "T1071.001",
        "Command and Control",
        "Regular beacon over HTTPS",
        "remote_address",
        "A host calls the same outside address in the same interval.",
    ),
    technique(
        "T1071.004",
        "Command and Control",
        "Data in domain look-ups",
        "question",
        "Look-ups of one domain carry long random names.",
    ),
    technique(
        "T1105",
        "Command and Control",
        "Tool fetched from a bare address",
        "remote_address",
        "A program was fetched from an address without a name.",
    ),
    technique(
        "T1572",
        "Command and Control",
        "Tunnel over SSH",
        "remote_address",
        "An SSH session forwards ports to the outside.",
    ),
    technique(
        "T1041",
        "Exfiltration",
        "Large upload to a new address",
        "remote_address",
        "A host sent far more to a new outside address than it ever did.",
    ),
    technique(
        "T1567.002",
        "Exfiltration",
        "Upload to a private cloud store",
        "question",
        "Company files were sent to a store that belongs to no company account.",
    ),
    technique(
        "T1486",
        "Impact",
        "Files renamed in bulk",
        "path",
        "A process renamed and rewrote files faster than any person could.",
    ),
    technique(
        "T1490",
        "Impact",
        "Shadow copies removed",
        "cmdline",
        "The copies that a restore would need were removed.",
    ),
    technique(
        "T1496",
        "Impact",
        "Miner at work",
        "path",
        "A process computes at full load and talks to a mining pool.",
    ),
    technique(
        "T1531",
        "Impact",
        "Accounts locked in bulk",
        "login_name",
        "Many accounts were locked within a minute.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_technique_is_there_once() {
        let mut ids: Vec<_> = TECHNIQUES.iter().map(|technique| technique.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), TECHNIQUES.len());
    }
}
