using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Returns;

/// <summary>The parcels that are on their way back.</summary>
public sealed class Parcels
{
    static readonly ActivitySource Activities = new("Depot.Returns");
    static readonly Counter<int> Arrived = new Meter("Depot.Returns").CreateCounter<int>("parcels.arrived");

    readonly HashSet<string> expected = [];

    public void Expect(string parcel) => expected.Add(parcel);

    public bool Arrive(string parcel)
    {
        using var activity = Activities.StartActivity("arrive");
        Arrived.Add(1);
        return expected.Remove(parcel);
    }
}
