using Dispatch;
using Returns;

namespace Carriers.Tests;

public sealed class TourTests
{
    [Fact]
    public void TourIsPlanned() => new Tours().Plan("monday", ["harbour", "station"]);

    [Fact(Skip = "TODO")]
    public void ParcelArrives()
    {
        var parcels = new Parcels();
        parcels.Expect("a");
        Assert.True(parcels.Arrive("a"));
    }
}
