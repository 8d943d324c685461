//! Where requests may go. An address that somebody names here must not open what only this machine or its neighbours can
//! reach: a database, an administration page, the metadata of a cloud. What a name stands for is judged after it was looked
//! up, each time, since it may stand for something else the next time.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where requests may go besides the public internet.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    allowed: Vec<IpNet>,
}

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// What IANA's registry of special-purpose addresses keeps from the public internet, multicast and what is reserved.
const CLOSED_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 4),
    v4(240, 0, 0, 0, 4),
];

/// All that is handed out of IPv6 as global unicast.
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);
/// Within it: protocol assignments with Teredo, documentation, and 6to4, which leads to any IPv4 address.
const CLOSED_V6: [Ipv6Net; 4] =
    [v6(0x2001, 0, 23), v6(0x2001, 0xdb8, 32), v6(0x2002, 0, 16), v6(0x3fff, 0, 20)];
/// NAT64 (RFC 6052): leads to the IPv4 address in its last four bytes.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 96);

impl Reach {
    pub fn new(allowed: Vec<IpNet>) -> Reach {
        Reach { allowed }
    }

    /// Whether a request may go to this address.
    pub fn permits(&self, address: IpAddr) -> bool {
        is_public(address) || self.lists(address)
    }

    /// Whether it may go there unencrypted: only where the operator said so.
    pub fn permits_plain(&self, address: IpAddr) -> bool {
        self.lists(address)
    }

    /// Whether the operator allows any network besides the public ones.
    pub fn has_own_networks(&self) -> bool {
        !self.allowed.is_empty()
    }

    /// The networks that the operator allows, as a setting is written.
    pub fn own_networks(&self) -> String {
        self.allowed.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    fn lists(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.allowed.iter().any(|network| network.contains(&address))
    }
}

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    // `::ffff:10.0.0.1` is 10.0.0.1.
    match address.to_canonical() {
        IpAddr::V4(address) => !CLOSED_V4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) if NAT64.contains(&address) => {
            let [.., a, b, c, d] = address.octets();
            is_public(Ipv4Addr::new(a, b, c, d).into())
        }
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !CLOSED_V6.iter().any(|network| network.contains(&address))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn what_only_neighbours_reach_is_not_public() {
        for closed in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:192.168.1.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:c0a8:101::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip(closed)), "{closed}");
            assert!(!Reach::default().permits(ip(closed)), "{closed}");
        }
    }

    #[test]
    fn the_public_internet_is() {
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2001:200::1",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(is_public(ip(public)), "{public}");
            assert!(!Reach::default().permits_plain(ip(public)), "{public} unencrypted");
        }
    }

    #[test]
    fn an_operator_allows_networks_of_their_own() {
        let reach =
            Reach::new(vec!["10.1.0.0/16".parse().expect("a network"), "::1/128".parse().expect("one")]);
        for allowed in ["10.1.2.3", "::ffff:10.1.2.3", "::1"] {
            assert!(reach.permits(ip(allowed)) && reach.permits_plain(ip(allowed)), "{allowed}");
        }
        for refused in ["10.2.0.1", "127.0.0.1", "::2", "64:ff9b::10.1.2.3"] {
            assert!(!reach.permits(ip(refused)), "{refused}");
        }
        assert_eq!(reach.own_networks(), "10.1.0.0/16,::1/128");
    }
}
