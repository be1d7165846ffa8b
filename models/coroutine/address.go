package coroutine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"

	"concbench/models"
)

// unnamed is the address of a socket without one.
var unnamed = &net.UnixAddr{Net: "unix"}

// An endpoint is one address to which a socket can be bound or connected.
type endpoint struct {
	domain int
	kernel unix.Sockaddr
	addr   net.Addr
}

func unixEndpoint(path string) endpoint {
	return endpoint{unix.AF_UNIX, &unix.SockaddrUnix{Name: path}, &net.UnixAddr{Name: path, Net: "unix"}}
}

func tcpEndpoint(a netip.AddrPort) (endpoint, error) {
	ip, port := a.Addr().Unmap(), int(a.Port())
	addr := net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, a.Port()))
	if ip.Is4() {
		return endpoint{unix.AF_INET, &unix.SockaddrInet4{Port: port, Addr: ip.As4()}, addr}, nil
	}
	kernel := &unix.SockaddrInet6{Port: port, Addr: ip.As16()}
	var err error
	kernel.ZoneId, err = zoneID(ip.Zone())
	return endpoint{unix.AF_INET6, kernel, addr}, err
}

// endpointOf is the kernel's form of an address.
func endpointOf(a net.Addr) (endpoint, error) {
	switch a := a.(type) {
	case *net.TCPAddr:
		return tcpEndpoint(unspecifiedIfUnset(a.AddrPort()))
	case *net.UDPAddr:
		e, err := tcpEndpoint(unspecifiedIfUnset(a.AddrPort()))
		e.addr = a
		return e, err
	case *net.UnixAddr:
		e := unixEndpoint(a.Name)
		e.addr = a
		return e, nil
	}
	return endpoint{}, net.UnknownNetworkError(fmt.Sprintf("%T", a))
}

// unspecifiedIfUnset makes an address of one without, as package net does.
func unspecifiedIfUnset(a netip.AddrPort) netip.AddrPort {
	if a.Addr().IsValid() {
		return a
	}
	return netip.AddrPortFrom(netip.IPv4Unspecified(), a.Port())
}

// zoneID is the number of the interface that a zone names, by name or number.
func zoneID(zone string) (uint32, error) {
	if zone == "" {
		return 0, nil
	}
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n), nil
	}
	i, err := net.InterfaceByName(zone)
	if err != nil {
		return 0, fmt.Errorf("zone %q: %w", zone, err)
	}
	return uint32(i.Index), nil
}

// resolve finds the endpoints that an address stands for on "tcp" or "unix". An
// empty host is anyHost.
func (t *Task) resolve(network, address, anyHost string) ([]endpoint, error) {
	switch network {
	case "unix":
		if address == "" {
			return nil, &net.AddrError{Err: "missing path", Addr: address}
		}
		return []endpoint{unixEndpoint(address)}, nil
	case "tcp":
		return t.resolveHost(network, address, anyHost)
	}
	return nil, net.UnknownNetworkError(network)
}

// resolveHost splits the address and looks its parts up. As in asyncio what is
// an address and a number already is not looked up.
func (t *Task) resolveHost(network, address, anyHost string) ([]endpoint, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host == "" {
		host = anyHost
	}
	port, err := t.lookUpPort(network, service)
	if err != nil {
		return nil, err
	}
	ips, err := t.lookUpHost(host)
	if err != nil {
		return nil, err
	}
	var found []endpoint
	for _, ip := range ips {
		e, err := tcpEndpoint(netip.AddrPortFrom(ip, port))
		if err != nil {
			return nil, err
		}
		found = append(found, e)
	}
	return found, nil
}

func (t *Task) lookUpPort(network, service string) (uint16, error) {
	if port, err := strconv.ParseUint(service, 10, 16); err == nil {
		return uint16(port), nil
	}
	port, err := RunInExecutor(t.loop, nil, func() (int, error) { return net.LookupPort(network, service) }).Await(t)
	return uint16(port), err
}

func (t *Task) lookUpHost(host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	return RunInExecutor(t.loop, nil, func() ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(context.Background(), "ip", host)
	}).Await(t)
}

// netAddr is the net package's form of the kernel's address.
func netAddr(a unix.Sockaddr) net.Addr {
	switch a := a.(type) {
	case *unix.SockaddrInet4:
		return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.AddrFrom4(a.Addr), uint16(a.Port)))
	case *unix.SockaddrInet6:
		ip := netip.AddrFrom16(a.Addr).Unmap()
		if a.ZoneId != 0 {
			ip = ip.WithZone(strconv.FormatUint(uint64(a.ZoneId), 10))
		}
		return net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, uint16(a.Port)))
	case *unix.SockaddrUnix:
		return &net.UnixAddr{Name: a.Name, Net: "unix"}
	}
	return unnamed
}

func localAddr(fd int) net.Addr {
	a, err := unix.Getsockname(fd)
	if err != nil {
		return unnamed
	}
	return netAddr(a)
}

// opError is err as a *[net.OpError], or as it is if it is the end of the
// task's wait and not the network's doing.
func opError(op, network string, source, addr net.Addr, err error) error {
	if err == nil || errors.Is(err, models.ErrCancelled) || errors.Is(err, models.ErrDeadlock) {
		return err
	}
	return &net.OpError{Op: op, Net: network, Source: source, Addr: addr, Err: err}
}
